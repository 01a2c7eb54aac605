import { join } from 'node:path';
import type { TextSplit } from '../split.js';
import { openCompactSplit } from './compact-split.js';
import type { Layout } from './missing-splits.js';
import { folderOfSplit, type ReviewCounts } from './official-archive.js';
import { aclImdbFolder } from './open-acl-imdb.js';
import type { ReviewSplit } from './review-splits.js';
import { openTreeSplit } from './tree-split.js';

/** A split that is there, and where. */
export interface PresentSplit {
  readonly name: ReviewSplit;
  readonly reviews: number;
  readonly layout: Layout;
  /** The compact file, or the folder of the tree. */
  readonly path: string;
  readonly contentHash: string;
}

/** Tells where the splits lie; those that are there in both layouts are told in the one that is asked for. */
export async function describePresentSplits(
  splits: readonly ReviewSplit[],
  { dataDir, counts, layout }: { dataDir: string; counts: ReviewCounts; layout: Layout },
): Promise<PresentSplit[]> {
  const folder = aclImdbFolder(dataDir);
  const described = await Promise.all(
    splits.map(async (name) => {
      const compact = layout === 'compact' ? await openCompactSplit(name, folder) : undefined;
      if (compact)
        return { ...factsOf(compact), name, layout: 'compact' as const, path: join(folder, `${name}.jsonl`) };
      const tree = await openTreeSplit(name, { folder, counts });
      return (
        tree && { ...factsOf(tree), name, layout: 'files' as const, path: join(folder, folderOfSplit[name]) }
      );
    }),
  );
  return described.filter((split) => split !== undefined);
}

function factsOf({ count, contentHash }: TextSplit): Pick<PresentSplit, 'reviews' | 'contentHash'> {
  return { reviews: count, contentHash };
}
