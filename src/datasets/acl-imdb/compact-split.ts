import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainingFileErrors } from '../../errors/system-error.js';
import { DamagedDataError } from '../damaged-data-error.js';
import type { TextSplit } from '../split.js';
import { type CompactSplit, readCompactIndex } from './compact-index.js';
import { reviewLabels } from './official-archive.js';
import { readReviewLines } from './review-lines.js';
import type { ReviewSplit } from './review-splits.js';

/**
 * Opens a split that lies as one compact file in `folder`; checks its size now and its checksum when it is read.
 *
 * @returns undefined when the folder's index does not list the split
 * @throws DamagedDataError when the file is not what the index says
 */
export async function openCompactSplit(name: ReviewSplit, folder: string): Promise<TextSplit | undefined> {
  const entry = (await readCompactIndex(folder))[name];
  if (!entry) return undefined;
  const path = join(folder, entry.file);
  const bytes = await sizeOf(path);
  if (bytes !== entry.bytes) {
    throw new DamagedDataError(
      bytes === undefined
        ? `${path} is gone, but ${join(folder, 'index.json')} lists it.`
        : `${path} is damaged: it has ${bytes} bytes, expected ${entry.bytes}.`,
    );
  }
  return {
    kind: 'texts',
    name,
    labels: reviewLabels,
    count: entry.reviews,
    contentHash: entry.sha256,
    read: async function* () {
      yield* readReviewLines(await readVerified(path, entry), path);
    },
  };
}

async function readVerified(path: string, { sha256 }: CompactSplit): Promise<Buffer> {
  const content = await explainingFileErrors(`read ${path}`, () => readFile(path));
  const found = createHash('sha256').update(content).digest('hex');
  if (found === sha256) return content;
  throw new DamagedDataError(`${path} is damaged: its sha256 is ${found}, expected ${sha256}.`);
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
