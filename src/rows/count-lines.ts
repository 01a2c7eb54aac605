import { readBytes } from './read-bytes.js';
import type { RowFile } from './row.js';

/**
 * About how many lines a file has, to tell how long reading it will take; `undefined` where lines mean nothing (Parquet,
 * folders). Reading stops when `signal` is aborted.
 */
export async function countLines(
  { path, format, compression }: Pick<RowFile, 'path' | 'format' | 'compression'>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<number | undefined> {
  if (format === 'parquet' || format === 'folders' || format === 'json') return undefined;
  let lines = 0;
  for await (const chunk of readBytes(path, compression)) {
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) lines++;
    if (signal?.aborted) return undefined;
  }
  return lines;
}
