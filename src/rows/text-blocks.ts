import { UserError } from '../errors/user-error.js';
import { byteOrderMark, decodeText, isValidText, lastCut } from './decode-text.js';
import { readBytes } from './read-bytes.js';
import type { ReportProblem } from './report-problem.js';
import type { Compression, TextEncoding } from './row.js';

/** How a text file is to be read. */
export interface TextSource {
  readonly path: string;
  readonly compression: Compression;
  readonly encoding: TextEncoding;
  /** `\r` in files that know no other line end. */
  readonly lineEnd: '\n' | '\r';
}

export interface TextBlock {
  /** Whole lines, each but the file's last with its `\n`; a `\r` before it is kept. */
  readonly text: string;
  /** The number of the line that the block begins with, from 1. */
  readonly firstLine: number;
}

/** A line that is longer, in bytes, is not taken for text. */
const maxLineBytes = 32 * 1024 * 1024;

/**
 * A file's text in blocks of whole lines of some 256 KiB, without the byte order mark.
 *
 * Lines with bytes that are no text in the encoding, or with NUL bytes, are reported; these read as U+FFFD.
 *
 * @param options.whole `character`: blocks may end within a line, for files that need not have lines
 * @throws UserError where a line is longer than 32 MiB, and as `readBytes` does
 */
export async function* textBlocks(
  source: TextSource,
  report: ReportProblem,
  options: { readonly whole?: 'line' | 'character' } = {},
): AsyncGenerator<TextBlock> {
  const { path, compression, encoding, lineEnd } = source;
  const { whole = 'line' } = options;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let firstLine = 1;
  let atStart = true;

  const block = (bytes: Buffer): TextBlock => {
    const mark = atStart ? byteOrderMark(bytes) : undefined;
    const content = mark?.encoding === encoding ? bytes.subarray(mark.bytes) : bytes;
    atStart = false;
    const decoded = decodeText(content, encoding);
    const text = lineEnd === '\n' ? decoded : decoded.replaceAll('\r', '\n');
    const made = { text: text.replaceAll('\0', '\ufffd'), firstLine };
    if (made.text !== text || !isValidText(content, encoding)) {
      reportBadLines(content, { encoding, lineEnd, firstLine, report });
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) firstLine++;
    return made;
  };

  for await (const chunk of readBytes(path, compression)) {
    const torn = waitingBytes % 2 === 1 && encoding.startsWith('utf-16');
    const part = torn ? Buffer.concat([...waiting.splice(0), chunk]) : chunk;
    if (torn) waitingBytes = 0;
    const cut = lastCut(part, encoding, { whole, lineEnd });
    if (cut > 0) {
      yield block(Buffer.concat([...waiting, part.subarray(0, cut)]));
      waiting = [];
      waitingBytes = 0;
    }
    waiting.push(part.subarray(cut));
    waitingBytes += part.length - cut;
    if (waitingBytes > maxLineBytes) {
      throw new UserError(
        `${path}:${firstLine}: the line is longer than ${maxLineBytes / 1024 / 1024} MiB.`,
        'Is this a text file with a text on each line? If it is one JSON array, name it .json.',
      );
    }
  }
  const rest = Buffer.concat(waiting);
  if (rest.length > 0) yield block(rest);
}

/** Reports each line of a block that holds what is no text. */
function reportBadLines(
  bytes: Buffer,
  options: Pick<TextSource, 'encoding' | 'lineEnd'> & {
    readonly firstLine: number;
    readonly report: ReportProblem;
  },
): void {
  const { encoding, lineEnd, report } = options;
  let line = options.firstLine;
  for (let from = 0; from < bytes.length; line++) {
    const rest = bytes.subarray(from);
    const length = firstLineLength(rest, encoding, lineEnd);
    const content = rest.subarray(0, length);
    from += length;
    if (!isValidText(content, encoding)) {
      if (encoding === 'utf-8') {
        const bad = firstBadByte(content).toString(16).padStart(2, '0');
        report(
          line,
          `holds bytes that are not UTF-8 (the first is 0x${bad}), read as U+FFFD.`,
          'Give the encoding, which is often windows-1252, or save the file as UTF-8.',
          { kept: true },
        );
      } else {
        const message = `holds bytes that are not ${encoding.toUpperCase()}, read as U+FFFD.`;
        report(line, message, undefined, { kept: true });
      }
    } else if (decodeText(content, encoding).includes('\0')) {
      report(line, 'holds NUL bytes, read as U+FFFD.', 'Is the file damaged, or no text?', { kept: true });
    }
  }
}

function firstLineLength(bytes: Buffer, encoding: TextEncoding, lineEnd: '\n' | '\r'): number {
  const code = lineEnd.charCodeAt(0);
  if (encoding === 'utf-8' || encoding === 'windows-1252') {
    const at = bytes.indexOf(code);
    return at < 0 ? bytes.length : at + 1;
  }
  const unit = Buffer.from(encoding === 'utf-16le' ? [code, 0] : [0, code]);
  let at = bytes.indexOf(unit);
  while (at % 2 === 1) at = bytes.indexOf(unit, at + 1);
  return at < 0 ? bytes.length : at + 2;
}

function firstBadByte(bytes: Buffer): number {
  const replacement = '\ufffd';
  const text = bytes.toString('utf8');
  const size = Buffer.byteLength(replacement);
  let offset = 0;
  let from = 0;
  for (;;) {
    const at = text.indexOf(replacement, from);
    offset += Buffer.byteLength(text.slice(from, at));
    if (bytes.toString('latin1', offset, offset + size) !== '\xef\xbf\xbd') return bytes[offset];
    offset += size;
    from = at + 1;
  }
}
