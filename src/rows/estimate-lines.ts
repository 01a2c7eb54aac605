import { stat } from 'node:fs/promises';
import { readStart } from './read-bytes.js';
import type { RowFile } from './row.js';

/** As much of a file's beginning is looked at. */
const lookedAtBytes = 4 * 1024 * 1024;

/**
 * About how many lines a file has, judged by its size and its beginning, to tell how long reading it will take; `undefined`
 * where that cannot be judged: of compressed files, Parquet, JSON arrays and folders.
 */
export async function estimateLines({
  path,
  format,
  compression,
}: Pick<RowFile, 'path' | 'format' | 'compression'>): Promise<number | undefined> {
  if (compression !== 'none' || ['parquet', 'folders', 'json'].includes(format)) return undefined;
  const { size } = await stat(path);
  const start = await readStart(path, lookedAtBytes);
  let lines = 0;
  for (let at = start.indexOf(0x0a); at >= 0; at = start.indexOf(0x0a, at + 1)) lines++;
  return start.length === 0 ? 0 : Math.round((lines * size) / start.length);
}
