import { open, readFile } from 'node:fs/promises';
import { UserError } from '../errors/user-error.js';
import { writeAtomically } from '../files/write-atomically.js';

export const metricsFile = 'metrics.jsonl';

/** One line of metrics.jsonl. */
export type MetricsRecord = Readonly<Record<string, unknown>>;

/**
 * Appends one line. A line that an earlier kill has cut off is removed first, so that it never runs into this one.
 *
 * @returns the line, with its end
 */
export async function appendMetrics(path: string, record: MetricsRecord): Promise<string> {
  const line = `${JSON.stringify(record)}\n`;
  const handle = await open(path, 'a+');
  try {
    const { size } = await handle.stat();
    const end = await wholeLinesEnd(handle, size);
    if (end < size) await handle.truncate(end);
    await handle.write(line);
    return line;
  } finally {
    await handle.close();
  }
}

/**
 * All whole lines; none when there is no file. A last line without its end was cut off by a kill and does not count.
 *
 * @param options.damaged is told the number of each line that is no record, which is then left out
 * @throws UserError at such a line, unless `damaged` is given
 */
export async function readMetrics(
  path: string,
  { damaged }: { damaged?: (line: number) => void } = {},
): Promise<MetricsRecord[]> {
  const text = (await contentOf(path)).toString();
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line, place) => {
      const record = parseRecord(line);
      if (record) return [record];
      if (!damaged) throw damagedLine(path, place + 1);
      damaged(place + 1);
      return [];
    });
}

async function contentOf(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
}

function parseRecord(line: string): MetricsRecord | undefined {
  try {
    const record = JSON.parse(line);
    return typeof record === 'object' && record !== null ? record : undefined;
  } catch {
    return undefined;
  }
}

function damagedLine(path: string, line: number): UserError {
  return new UserError(
    `${path}:${line} is no record of a training.`,
    'Take the file from where it is whole, or remove the line: the curves of the report then lack it.',
  );
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
