import { UserError } from '../../errors/user-error.js';
import type { TextSplit } from '../split.js';
import type { ReviewCounts } from './official-archive.js';
import { aclImdbFolder, findAclImdbSplit } from './open-acl-imdb.js';
import type { ReviewSplit } from './review-splits.js';
import { openTreeSplit } from './tree-split.js';

/** `compact`: one JSONL file per split; `files`: the classical tree with one file per review. */
export type Layout = 'compact' | 'files';

export interface MissingSplitsOptions {
  readonly dataDir: string;
  readonly splits: readonly ReviewSplit[];
  readonly counts: ReviewCounts;
  readonly layout: Layout;
  /** Whether the content is read and checked too, not only sizes and numbers of files. */
  readonly verify: boolean;
}

/** A split that is not there; `problem` when something of it is there but damaged or not complete. */
export interface MissingSplit {
  readonly name: ReviewSplit;
  readonly problem?: UserError;
}

/** Which of the splits are not there. For the `compact` layout a split that lies there as a tree is there too. */
export async function findMissingSplits(options: MissingSplitsOptions): Promise<MissingSplit[]> {
  const missing: MissingSplit[] = [];
  for (const name of options.splits) {
    try {
      const split = await findSplit(name, options);
      if (!split) missing.push({ name });
      else if (options.verify) for await (const _portion of split.read());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      missing.push({ name, problem: error });
    }
  }
  return missing;
}

function findSplit(
  name: ReviewSplit,
  { dataDir, counts, layout }: MissingSplitsOptions,
): Promise<TextSplit | undefined> {
  return layout === 'files'
    ? openTreeSplit(name, { folder: aclImdbFolder(dataDir), counts })
    : findAclImdbSplit(name, { dataDir, counts });
}
