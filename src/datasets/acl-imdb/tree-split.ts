import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFileError, explainingFileErrors } from '../../errors/system-error.js';
import { UserError } from '../../errors/user-error.js';
import { mapInTurns, portionsInTurns } from '../map-in-turns.js';
import type { Example, TextSplit } from '../split.js';
import { folderOfSplit, type ReviewCounts, type ReviewFolder, reviewLabels } from './official-archive.js';
import { compareReviews, parseReviewPath, type ReviewPath } from './review.js';
import type { ReviewSplit } from './review-splits.js';

type TreeFile = ReviewPath & { readonly path: string };

/**
 * Opens a split of a classical `aclImdb/` tree, one file per review, as the archive unpacks.
 *
 * @param options `folder`: the tree; `counts`: how many files each of its folders must hold
 * @returns undefined when none of the split's folders is there
 * @throws UserError when a folder or a review is missing, or one is empty: an unpacking that was cut off
 */
export async function openTreeSplit(
  name: ReviewSplit,
  { folder, counts }: { folder: string; counts: ReviewCounts },
): Promise<TextSplit | undefined> {
  const files: TreeFile[] = [];
  const problems: string[] = [];
  const expectedCounts = Object.entries(counts[name]) as [ReviewFolder, number][];
  for (const [reviewFolder, expected] of expectedCounts) {
    const path = join(folder, folderOfSplit[name], reviewFolder);
    const found = await listReviews(path, `${folderOfSplit[name]}/${reviewFolder}`);
    if (found?.length !== expected)
      problems.push(`${path} holds ${found?.length ?? 'no'} reviews of ${expected}`);
    files.push(...(found ?? []));
  }
  if (files.length === 0) return undefined;
  if (problems.length > 0) throw incompleteTree(problems.join('; '));
  files.sort(compareReviews);
  return {
    kind: 'texts',
    name,
    labels: reviewLabels,
    count: files.length,
    contentHash: await hashOfFiles(files),
    read: () => readReviews(files, folder),
  };
}

async function* readReviews(files: readonly TreeFile[], folder: string): AsyncGenerator<Example[]> {
  try {
    yield* portionsInTurns(files, ({ path, label }) => {
      return { text: readFileSync(path, 'utf8'), target: label };
    });
  } catch (error) {
    throw explainFileError(error, `read ${folder}`);
  }
}

async function listReviews(path: string, pathInTree: string): Promise<TreeFile[] | undefined> {
  const names = await explainingFileErrors(`read ${path}`, async () => {
    try {
      return await readdir(path);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
  });
  return names?.flatMap((fileName) => {
    const review = parseReviewPath(`${pathInTree}/${fileName}`);
    return review ? [{ ...review, path: join(path, fileName) }] : [];
  });
}

/** Changes when a file is added, removed, renamed, resized or written anew; needs no reading of 25,000 files. */
async function hashOfFiles(files: readonly TreeFile[]): Promise<string> {
  const facts = await mapInTurns(files, ({ path }) => statSync(path));
  const hash = createHash('sha256');
  files.forEach(({ split, folder, id, rating, path }, index) => {
    const { size, mtimeMs } = facts[index];
    if (size === 0) throw incompleteTree(`${path} is empty`);
    hash.update(`${split}/${folder}/${id}_${rating} ${size} ${mtimeMs}\n`);
  });
  return hash.digest('hex');
}

function incompleteTree(problem: string): UserError {
  return new UserError(
    `The folder of reviews is not complete: ${problem}.`,
    'Run imdb-rnn download (with the same --data-dir), or unpack the whole archive there.',
  );
}
