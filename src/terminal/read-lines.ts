import type { TextEncoding } from '../rows/row.js';

/**
 * Lines of a byte stream, of UTF-8 unless another encoding is named: all at once whose ends a chunk of the stream has brought,
 * so that a pipe is answered line by line, and a file without a promise for each line.
 * A line ends with `\n` or `\r\n`, which are not part of it; the last one may lack its end. Characters that are cut
 * by a chunk's end are whole; bytes that are not UTF-8 become U+FFFD; a byte order mark at the start is dropped.
 *
 * ```ts
 * for await (const texts of readLinePortions(await openInput('-'))) ...
 * ```
 */
export async function* readLinePortions(
  bytes: AsyncIterable<Uint8Array>,
  { encoding = 'utf-8' }: { encoding?: TextEncoding } = {},
): AsyncGenerator<string[]> {
  const decoder = new TextDecoder(encoding);
  let pieces: string[] = [];
  for await (const chunk of bytes) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n');
    pieces.push(parts[0]);
    if (parts.length === 1) continue;
    parts[0] = pieces.join('');
    pieces = [parts.pop()!];
    yield parts.map(withoutReturn);
  }
  const last = pieces.join('') + decoder.decode();
  if (last !== '') yield [withoutReturn(last)];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
