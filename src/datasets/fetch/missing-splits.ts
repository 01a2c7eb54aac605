import { UserError } from '../../errors/user-error.js';
import type { ReviewCounts } from '../acl-imdb/official-archive.js';
import { aclImdbFolder, findAclImdbSplit } from '../acl-imdb/open-acl-imdb.js';
import { openTreeSplit } from '../acl-imdb/tree-split.js';
import type { Split, SplitName } from '../split.js';

/** `compact`: one JSONL file per split; `files`: the classical tree with one file per review. */
export type Layout = 'compact' | 'files';

export interface MissingSplitsOptions {
  readonly dataDir: string;
  readonly splits: readonly SplitName[];
  readonly counts: ReviewCounts;
  readonly layout: Layout;
  /** Whether the content is read and checked too, not only sizes and numbers of files. */
  readonly verify: boolean;
}

/** A split that is not there; `problem` when something of it is there but damaged or not complete. */
export interface MissingSplit {
  readonly name: SplitName;
  readonly problem?: UserError;
}

/** Which of the splits are not there. For the `compact` layout a split that lies there as a tree is there too. */
export async function findMissingSplits(options: MissingSplitsOptions): Promise<MissingSplit[]> {
  const missing: MissingSplit[] = [];
  for (const name of options.splits) {
    try {
      const split = await findSplit(name, options);
      if (!split) missing.push({ name });
      else if (options.verify) await split.read();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      missing.push({ name, problem: error });
    }
  }
  return missing;
}

function findSplit(
  name: SplitName,
  { dataDir, counts, layout }: MissingSplitsOptions,
): Promise<Split | undefined> {
  return layout === 'files'
    ? openTreeSplit(name, { folder: aclImdbFolder(dataDir), counts })
    : findAclImdbSplit(name, { dataDir, counts });
}
