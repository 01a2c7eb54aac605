import { createGunzip } from 'node:zlib';
import { UserError } from '../errors/user-error.js';
import { binaryKind } from './binary-kind.js';
import { labelNames, rankOfName, textNames } from './column-names.js';
import { byteOrderMark, decodeText } from './decode-text.js';
import { compressionOf } from './read-bytes.js';
import type { TextEncoding } from './row.js';

/** What messages call it. */
export const standardInput = 'standard input';

const endings = { jsonl: 'jsonl', json: 'json', fasttext: 'ft', csv: 'csv' } as const;

/** How a table is read that was taken for lines: from standard input it is not, since it is read more than once. */
function reading(name: string, format: keyof typeof endings): string {
  if (name !== standardInput) return `Say that it is one: --format ${format}.`;
  return `Write it into a file with its ending, and name that: --file data.${endings[format]}.`;
}

/** No byte order mark and no compressed file's beginning is longer. */
const marksBytes = 4;

/** Bytes of text and what they are written in. */
export interface TextStream {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly encoding: TextEncoding;
}

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
  const found = encoding ?? 'utf-8';
  const mark = byteOrderMark(head);
  refuseTable(decodeText(head.subarray(mark?.encoding === found ? mark.bytes : 0), found), name);
  return found;
}

/** JSON lines would be answered by their braces, a header by its names. */
function refuseTable(text: string, name: string): void {
  const [first = ''] = text.split(/\r?\n/, 1);
  const refuse = (what: string, format: keyof typeof endings) => {
    throw new UserError(`${name} ${what}, a text on each line was expected.`, reading(name, format));
  };
  if (/^\s*\{\s*"/.test(first) && isJson(first)) refuse('holds JSON lines', 'jsonl');
  if (/^\s*\[\s*(\{\s*("|$)|$)/.test(first) && /^\s*\[\s*\{\s*"/.test(text))
    refuse('holds a JSON array', 'json');
  if (/^__label__\S/.test(first)) refuse('holds lines for fastText (__label__...)', 'fasttext');
  if (isHeader(first)) refuse(`begins with the header of a table (${first.trim()})`, 'csv');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const numberNames = ['id', 'index', 'idx', 'date', 'split', 'source', 'language', 'lang'];

/** Names of columns, one of them that of texts: `text` and any other, or two known ones. */
function isHeader(line: string): boolean {
  const names = line.split(/[,;\t|]/).map((field) => field.replaceAll('"', '').trim().toLowerCase());
  if (names.length < 2 || !names.every((field) => /^[\p{L}\p{N}_ .-]{0,30}$/u.test(field))) return false;
  if (names.includes('text')) return true;
  const isIn = (known: readonly string[]) => (name: string) =>
    (rankOfName(name, known) ?? known.length) < known.length;
  const known = names.filter((name) => [textNames, labelNames, numberNames].some((list) => isIn(list)(name)));
  return names.some(isIn(textNames)) && known.length > 1;
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

/** The first chunk, or as many as hold a mark, and all chunks with it. */
async function peek(
  stream: AsyncIterable<Uint8Array>,
): Promise<{ head: Buffer; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  let head = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  // A mark or magic number may come in pieces; a line that is there is not kept waiting.
  while (head.length > 0 && head.length < marksBytes && !head.includes(0x0a)) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all() {
    if (first.done) return;
    try {
      yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, bytes: all() };
}
