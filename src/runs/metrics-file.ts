import { open, readFile } from 'node:fs/promises';
import { writeAtomically } from '../files/write-atomically.js';

/** One line of metrics.jsonl. */
export type MetricsRecord = Readonly<Record<string, unknown>>;

/**
 * Appends one line. A line that an earlier kill has cut off is removed first, so that it never runs into this one.
 */
export async function appendMetrics(path: string, record: MetricsRecord): Promise<void> {
  const handle = await open(path, 'a+');
  try {
    const { size } = await handle.stat();
    const end = await wholeLinesEnd(handle, size);
    if (end < size) await handle.truncate(end);
    await handle.write(`${JSON.stringify(record)}\n`);
  } finally {
    await handle.close();
  }
}

/** All whole lines; none when there is no file. A last line without its end was cut off by a kill and does not count. */
export async function readMetrics(path: string): Promise<MetricsRecord[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** Replaces all lines at once, as resuming does to drop those after its checkpoint. */
export async function writeMetrics(path: string, records: readonly MetricsRecord[]): Promise<void> {
  await writeAtomically(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** Where the last whole line ends, looking back from the end of the file in pieces. */
async function wholeLinesEnd(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<number> {
  const piece = Buffer.alloc(4096);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - piece.length);
    const { bytesRead } = await handle.read(piece, 0, end - start, start);
    const lineFeed = piece.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (lineFeed >= 0) return start + lineFeed + 1;
    end = start;
  }
  return 0;
}
