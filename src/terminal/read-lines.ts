import type { TextEncoding } from '../rows/row.js';

/**
 * Lines of a byte stream, of UTF-8 unless another encoding is named, each as soon as its end has arrived, so that a pipe is answered line by line.
 * A line ends with `\n` or `\r\n`, which are not part of it; the last one may lack its end. Characters that are cut
 * by a chunk's end are whole; bytes that are not UTF-8 become U+FFFD; a byte order mark at the start is dropped.
 *
 * ```ts
 * for await (const text of readLines(await openInput('-'))) ...
 * ```
 */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  { encoding = 'utf-8' }: { encoding?: TextEncoding } = {},
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let pieces: string[] = [];
  for await (const chunk of bytes) {
    const [first, ...later] = decoder.decode(chunk, { stream: true }).split('\n');
    pieces.push(first);
    for (const start of later) {
      yield withoutReturn(pieces.join(''));
      pieces = [start];
    }
  }
  const last = pieces.join('') + decoder.decode();
  if (last !== '') yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
