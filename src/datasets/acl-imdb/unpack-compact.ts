import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explainingFileErrors } from '../../errors/system-error.js';
import { UserError } from '../../errors/user-error.js';
import { makeFolder } from '../../files/make-folder.js';
import { writeAtomically } from '../../files/write-atomically.js';
import type { FetchListeners } from '../fetch/fetch-event.js';
import { checkReviewCounts } from './check-review-counts.js';
import {
  type CompactSplit,
  type CompactSplits,
  readCompactIndex,
  writeCompactIndex,
} from './compact-index.js';
import { LineStore } from './line-store.js';
import { type ReviewCounts, reviewLabels } from './official-archive.js';
import { readArchive } from './read-archive.js';
import { compareReviews, parseReviewPath, type ReviewPath } from './review.js';
import { formatReviewLine } from './review-lines.js';
import type { ReviewSplit } from './review-splits.js';

export interface UnpackOptions extends Pick<FetchListeners, 'onProgress'> {
  /** The `aclImdb` folder to unpack into. */
  readonly folder: string;
  readonly splits: readonly ReviewSplit[];
  readonly counts: ReviewCounts;
  readonly signal?: AbortSignal;
}

export interface ArchiveFacts {
  readonly bytes: number;
  readonly sha256: string;
}

/** A review whose text is already written out as its line of the compact file. */
type CompactReview = ReviewPath & { readonly line: Buffer };

/**
 * Unpacks splits of an archive into one JSONL file each, sorted by label and number whatever the archive's order.
 * `index.json` is written last: until then no reader takes the files for whole, whenever this is cut off. Splits of an
 * earlier unpacking that are not asked for now stay.
 *
 * @returns what the archive is; the splits are listed in the index
 * @throws ArchiveError, or UserError for the local disk; the signal's reason when it is aborted
 */
export async function unpackCompact(
  archive: string,
  { folder, splits, counts, onProgress, signal }: UnpackOptions,
): Promise<ArchiveFacts> {
  const reviews: CompactReview[] = [];
  const lines = new LineStore();
  const facts = await readArchive(archive, {
    wants: (path) => splits.some((split) => split === parseReviewPath(path)?.split),
    onFile: (path, content) => {
      const review = parseReviewPath(path)!;
      reviews.push({ ...review, line: lines.add(formatReviewLine({ ...review, text: content.toString() })) });
    },
    onProgress,
    signal,
  });
  checkReviewCounts(reviews, { archive, splits, counts });
  await explainingFileErrors(`write into ${folder}`, async () => {
    await removeLeftOvers(folder);
    const others = await otherSplits(folder, splits);
    await writeCompactIndex(folder, others);
    const written: CompactSplits = {};
    for (const split of splits) {
      signal?.throwIfAborted();
      const ofSplit = reviews.filter((review) => review.split === split).sort(compareReviews);
      written[split] = await writeSplit(ofSplit, { folder, split, archiveSha256: facts.sha256 });
    }
    await writeCompactIndex(folder, { ...others, ...written });
  });
  return facts;
}

async function writeSplit(
  reviews: readonly CompactReview[],
  { folder, split, archiveSha256 }: { folder: string; split: ReviewSplit; archiveSha256: string },
): Promise<CompactSplit> {
  const content = Buffer.concat(reviews.map(({ line }) => line));
  const file = `${split}.jsonl`;
  await writeAtomically(join(folder, file), content);
  const labels: Record<string, number> = {};
  for (const { label } of reviews) {
    const name = reviewLabels[label] ?? 'unlabelled';
    labels[name] = (labels[name] ?? 0) + 1;
  }
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { file, reviews: reviews.length, labels, bytes: content.length, sha256, archiveSha256 };
}

/** Files that another program was writing when it was killed. */
async function removeLeftOvers(folder: string): Promise<void> {
  await makeFolder(folder);
  for (const name of await readdir(folder)) {
    const [, pid] = /^(?:index\.json|\w+\.jsonl)\.(\d+)(?:@[\w-]*)?\.tmp$/.exec(name) ?? [];
    if (pid !== undefined && Number(pid) !== process.pid) await rm(join(folder, name));
  }
}

/** What the index lists besides `splits`; nothing when it cannot be read, since it is about to be replaced. */
async function otherSplits(folder: string, splits: readonly ReviewSplit[]): Promise<CompactSplits> {
  try {
    const listed = Object.entries(await readCompactIndex(folder));
    return Object.fromEntries(listed.filter(([name]) => !splits.some((split) => split === name)));
  } catch (error) {
    if (error instanceof UserError) return {};
    throw error;
  }
}
