import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { countOf } from '../formats/numbers.js';
import { type FileMark, markOf } from './checksum.js';
import { type MetricsRecord, metricsFile } from './metrics-file.js';
import { refuseUnless, type Trust } from './read-verified.js';
import type { RunFolder } from './run-folder.js';

export interface KeepMetricsOptions {
  /** What metrics.jsonl was at the moment from which a training goes on; absent where an older version wrote the checkpoint. */
  readonly mark: FileMark | undefined;
  /** Whether a line tells of what was before that moment. */
  readonly isBefore: (record: MetricsRecord) => boolean;
  /** Is told what is lost, and goes on without it; default: refuse. */
  readonly force?: Trust;
}

/**
 * Takes the lines away that a training will write again when it goes on.
 *
 * @returns what is left, as it is written
 * @throws UserError when the lines that are to be kept are no longer what they were, unless that is forced
 */
export async function keepMetrics(
  run: RunFolder,
  { mark, isBefore, force }: KeepMetricsOptions,
): Promise<Buffer> {
  const path = join(run.path, metricsFile);
  const content = await contentOf(path);
  const kept = mark && content.subarray(0, mark.bytes);
  if (mark && kept && isSame(kept, mark)) {
    if (content.byteLength > mark.bytes) await truncate(path, mark.bytes);
    return kept;
  }
  if (mark) refuse(path, content, { mark, force });
  let damaged = 0;
  const records = await run.readMetrics(force && { damaged: () => (damaged += 1) });
  const left = records.filter(isBefore);
  if (left.length < records.length || damaged > 0) await run.writeMetrics(left);
  return contentOf(path);
}

function refuse(
  path: string,
  content: Buffer,
  { mark, force }: { mark: FileMark; force: Trust | undefined },
): void {
  const fault =
    content.byteLength === 0
      ? 'is gone or empty'
      : content.byteLength < mark.bytes
        ? `was cut short: it has ${countOf(content.byteLength, 'byte')} of ${mark.bytes.toLocaleString('en-US')}`
        : 'was changed after it was written';
  refuseUnless(force, {
    reason: `${path} ${fault}.`,
    hint: 'Put it back.',
    forced: 'goes on from its checkpoint; the curves of its report lack what is lost',
  });
}

const isSame = (content: Buffer, mark: FileMark) =>
  content.byteLength === mark.bytes && markOf(content).sha256 === mark.sha256;

async function contentOf(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
}
