import { existsSync, statSync, writeFileSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explainingFileErrors } from '../../errors/system-error.js';
import { UserError } from '../../errors/user-error.js';
import { makeFolder, makeFolderSync } from '../../files/make-folder.js';
import { mapInTurns } from '../map-in-turns.js';
import { checkReviewCounts } from './check-review-counts.js';
import { readArchive } from './read-archive.js';
import { parseReviewPath, type ReviewPath } from './review.js';
import type { ReviewSplit } from './review-splits.js';
import type { ArchiveFacts, UnpackOptions } from './unpack-compact.js';

/**
 * Unpacks splits of an archive as the classical tree: one file per review, beside the other files of the archive that
 * belong to these splits. It is written into `<folder>/.unpacking` and moved into place when it is whole.
 *
 * @throws ArchiveError, or UserError for the local disk or when an incomplete folder of reviews is in the way
 */
export async function unpackTree(
  archive: string,
  { folder, splits, counts, onProgress, signal }: UnpackOptions,
): Promise<ArchiveFacts> {
  const staging = join(folder, '.unpacking');
  const reviews: ReviewPath[] = [];
  const madeFolders = new Set<string>();
  return explainingFileErrors(`write into ${folder}`, async () => {
    await rm(staging, { recursive: true, force: true });
    await makeFolder(staging);
    try {
      const facts = await readArchive(archive, {
        wants: (path) => belongsTo(path, splits),
        onFile: (path, content) => {
          const review = parseReviewPath(path);
          if (review) reviews.push(review);
          const target = join(staging, path);
          if (!madeFolders.has(dirname(target))) makeFolderSync(dirname(target));
          madeFolders.add(dirname(target));
          // One after the other: 50,000 asynchronous writes take longer.
          writeFileSync(target, content);
        },
        onProgress,
        signal,
      });
      checkReviewCounts(reviews, { archive, splits, counts });
      await moveIntoPlace(staging, folder);
      return facts;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  });
}

const common = new Set(['README', 'imdb.vocab', 'imdbEr.txt']);

/** Whether a file of the archive belongs to the splits: `train/urls_unsup.txt` comes with the unsupervised one. */
function belongsTo(path: string, splits: readonly ReviewSplit[]): boolean {
  const review = parseReviewPath(path);
  if (review) return splits.includes(review.split);
  const [, parent, name] = /^(train|test)\/(urls_\w+\.txt|\w+\.feat)$/.exec(path) ?? [];
  if (!name) return common.has(path);
  return splits.includes(/unsup/.test(name) ? 'unsupervised' : (parent as 'train' | 'test'));
}

/** Renames whole folders where nothing is in the way; where a folder is there, goes into it; keeps what is there. */
async function moveIntoPlace(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (!existsSync(target)) await rename(source, target);
    else if (['train', 'test'].includes(name)) await moveIntoPlace(source, target);
    else if (['pos', 'neg', 'unsup'].includes(name)) await refuseIncomplete(source, target);
  }
}

/** A folder of reviews that is in the way must hold the same files; its content is the user's, so nothing is deleted. */
async function refuseIncomplete(source: string, target: string): Promise<void> {
  const names = await readdir(source);
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size;
  const differs = await mapInTurns(
    names,
    (name) => sizeOf(join(source, name)) !== sizeOf(join(target, name)),
  );
  const wrong = differs.filter(Boolean).length;
  if (wrong === 0) return;
  throw new UserError(
    `${target} is in the way, and ${wrong} of its ${names.length} reviews are missing or cut off.`,
    'Move or delete that folder, then run the command again.',
  );
}
