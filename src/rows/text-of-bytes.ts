import { constants, gunzipSync } from 'node:zlib';
import { UserError } from '../errors/user-error.js';
import { binaryKind } from './binary-kind.js';
import { byteOrderMark, decodeText, isValidText } from './decode-text.js';
import { compressionOf } from './read-bytes.js';
import type { TextEncoding } from './row.js';
import { unmarkedWide } from './unmarked-wide.js';

/** Far above any config or list of words; what unpacks to more is none. */
const mostBytes = 1 << 30;

/**
 * The text of a small file that was read whole: a config, a list of words. Gzip is unpacked; a byte order mark, or zeros
 * where the high halves of letters are, tell UTF-16; everything else must be UTF-8.
 *
 * @param name what messages call it
 * @throws UserError that says what it is instead, and of bytes that are no UTF-8 in which line they are
 */
export function textOfBytes(bytes: Buffer, name: string): string {
  const compression = compressionOf(bytes);
  if (compression === 'zstd') throw new UserError(`${name} is zstd-compressed.`, 'Unpack it with "zstd -d".');
  const content = compression === 'gzip' ? unzipped(bytes, name) : bytes;
  const binary = binaryKind(content);
  if (binary) throw new UserError(`${name} is ${binary.name}, no text.`, 'Is it the right file?');
  if (content.toString('latin1', 0, 4) === 'PAR1') {
    throw new UserError(`${name} is a Parquet file, no text.`, 'Is it the right file?');
  }
  const mark = byteOrderMark(content);
  const encoding = mark?.encoding ?? unmarkedWide(content) ?? 'utf-8';
  const text = content.subarray(mark?.bytes ?? 0);
  if (encoding === 'utf-8' && text.includes(0)) {
    throw new UserError(`${name} holds NUL bytes: it is no text.`, 'Is it the right file?');
  }
  if (!isValidText(text, encoding)) throw invalid(text, encoding, name);
  return decodeText(text, encoding);
}

function unzipped(bytes: Buffer, name: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes, finishFlush: constants.Z_FINISH });
  } catch (error) {
    throw new UserError(
      `${name} is damaged or cut off as gzip data (${(error as Error).message}).`,
      'Copy it again.',
      { cause: error },
    );
  }
}

function invalid(text: Buffer, encoding: TextEncoding, name: string): UserError {
  const hint = 'Save it as UTF-8.';
  if (encoding !== 'utf-8')
    return new UserError(`${name} is cut off or damaged as ${encoding.toUpperCase()}.`, hint);
  let line = 1;
  for (let at = 0; at < text.length; line++) {
    const end = text.indexOf(0x0a, at);
    const next = end < 0 ? text.length : end + 1;
    if (!isValidText(text.subarray(at, next), encoding)) break;
    at = next;
  }
  return new UserError(`${name} is not UTF-8: line ${line} holds bytes that are no characters of it.`, hint);
}
