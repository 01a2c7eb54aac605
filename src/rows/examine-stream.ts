import { createGunzip } from 'node:zlib';
import { UserError } from '../errors/user-error.js';
import { binaryKind } from './binary-kind.js';
import { byteOrderMark } from './decode-text.js';
import { compressionOf } from './read-bytes.js';
import type { TextEncoding } from './row.js';

/** Bytes of text and what they are written in. */
export interface TextStream {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly encoding: TextEncoding;
}

const intoFile = 'Write it into a file with its ending, and name that: --file data.jsonl.';

/**
 * Finds out from its first chunk what a byte stream is: gzip is unpacked, a byte order mark tells UTF-16, and what is no
 * text, or a table, is refused. A stream that is read as it comes is not waited for beyond its first chunk.
 *
 * @param options `name`: what messages call it; `encoding`: what the user says it is
 * @throws UserError where it is no text of one line each
 */
export async function examineStream(
  stream: AsyncIterable<Uint8Array>,
  { name, encoding }: { readonly name: string; readonly encoding?: TextEncoding },
): Promise<TextStream> {
  const { head, bytes } = await peek(stream);
  if (compressionOf(head) === 'gzip') {
    const unpacked = unzip(bytes, name);
    const inside = await peek(unpacked);
    return { bytes: inside.bytes, encoding: encodingOf(inside.head, name, encoding) };
  }
  if (compressionOf(head) === 'zstd') {
    throw new UserError(
      `${name} is zstd-compressed.`,
      'Unpack it on the way: zstd -dc FILE | ..., or name it with --file.',
    );
  }
  return { bytes, encoding: encodingOf(head, name, encoding) };
}

function encodingOf(head: Buffer, name: string, given: TextEncoding | undefined): TextEncoding {
  const binary = binaryKind(head);
  if (binary) throw new UserError(`${name} is ${binary.name}, no text.`, binary.hint);
  if (head.toString('latin1', 0, 4) === 'PAR1') {
    throw new UserError(`${name} is a Parquet file.`, 'Name it with --file.');
  }
  const encoding = given ?? byteOrderMark(head)?.encoding;
  if (encoding === undefined && head.includes(0)) {
    throw new UserError(
      `${name} holds NUL bytes: it is UTF-16 without a byte order mark, or no text.`,
      'If it is UTF-16, say so: --encoding utf-16le.',
    );
  }
  refuseTable(head, name);
  return encoding ?? 'utf-8';
}

/** JSON lines would be answered by their braces, a header by its names. */
function refuseTable(head: Buffer, name: string): void {
  const [first = ''] = head.toString('utf8').split(/\r?\n/, 1);
  if (/^\s*\{\s*"/.test(first)) {
    try {
      JSON.parse(first);
    } catch {
      return;
    }
    throw new UserError(`${name} holds JSON lines, a text on each line was expected.`, intoFile);
  }
  const names = first.split(/[,;\t]/).map((field) => field.replaceAll('"', '').trim().toLowerCase());
  if (names.length > 1 && names.every((field) => /^[\w ]{1,30}$/.test(field)) && names.includes('text')) {
    throw new UserError(
      `${name} begins with the header of a table (${first.trim()}), a text on each line was expected.`,
      intoFile.replace('jsonl', 'csv'),
    );
  }
}

async function* unzip(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const { Readable, pipeline } = await import('node:stream');
  const unpacked = createGunzip();
  try {
    yield* pipeline(Readable.from(bytes), unpacked, () => {});
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!code.startsWith('Z_')) throw error;
    throw new UserError(`${name} is damaged or cut off as gzip data (${message}).`, 'Copy it again.', {
      cause: error,
    });
  }
}

/** The first chunk, and all chunks with it. */
async function peek(
  stream: AsyncIterable<Uint8Array>,
): Promise<{ head: Buffer; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  async function* all() {
    if (first.done) return;
    try {
      yield first.value;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, bytes: all() };
}
