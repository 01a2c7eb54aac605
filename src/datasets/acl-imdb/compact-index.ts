import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { explainingFileErrors } from '../../errors/system-error.js';
import { writeAtomically } from '../../files/write-atomically.js';
import { DamagedDataError } from '../damaged-data-error.js';
import { reviewSplits } from './review-splits.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const compactSplitSchema = z.object({
  /** Name of the file beside `index.json`. */
  file: z.string(),
  reviews: z.int(),
  /** Reviews by label; `unlabelled` in the unsupervised split. */
  labels: z.record(z.string(), z.int()),
  bytes: z.int(),
  sha256,
  /** The archive that the reviews came from. */
  archiveSha256: sha256,
});

const indexSchema = z.object({
  format: z.literal('imdb-rnn compact reviews'),
  version: z.literal(1),
  splits: z.partialRecord(z.enum(reviewSplits), compactSplitSchema),
});

/** What `index.json` says of one split. */
export type CompactSplit = z.infer<typeof compactSplitSchema>;
export type CompactSplits = z.infer<typeof indexSchema>['splits'];

const indexPath = (folder: string) => join(folder, 'index.json');

/**
 * Which splits lie in a folder as compact files. The index is written after the files, so what it lists is whole.
 *
 * @returns nothing listed when there is no index
 * @throws DamagedDataError when the index is damaged or of another version
 */
export async function readCompactIndex(folder: string): Promise<CompactSplits> {
  const path = indexPath(folder);
  const content = await explainingFileErrors(`read ${path}`, async () => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
  });
  if (content === undefined) return {};
  const index = indexSchema.safeParse(parsed(content));
  if (index.success) return index.data.splits;
  throw new DamagedDataError(`${path} is damaged, or another version of imdb-rnn wrote it.`);
}

export async function writeCompactIndex(folder: string, splits: CompactSplits): Promise<void> {
  const index = { format: 'imdb-rnn compact reviews', version: 1, splits } satisfies z.infer<
    typeof indexSchema
  >;
  await writeAtomically(indexPath(folder), `${JSON.stringify(index, undefined, 2)}\n`);
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
