import { join } from 'node:path';
import { openCompactSplit } from '../acl-imdb/compact-split.js';
import { folderOfSplit, type ReviewCounts } from '../acl-imdb/official-archive.js';
import { aclImdbFolder } from '../acl-imdb/open-acl-imdb.js';
import { openTreeSplit } from '../acl-imdb/tree-split.js';
import type { Split, SplitName } from '../split.js';
import type { Layout } from './missing-splits.js';

/** A split that is there, and where. */
export interface PresentSplit {
  readonly name: SplitName;
  readonly reviews: number;
  readonly layout: Layout;
  /** The compact file, or the folder of the tree. */
  readonly path: string;
  readonly contentHash: string;
}

/** Tells where the splits lie; those that are there in both layouts are told in the one that is asked for. */
export async function describePresentSplits(
  splits: readonly SplitName[],
  { dataDir, counts, layout }: { dataDir: string; counts: ReviewCounts; layout: Layout },
): Promise<PresentSplit[]> {
  const folder = aclImdbFolder(dataDir);
  const described = await Promise.all(
    splits.map(async (name) => {
      const compact = layout === 'compact' ? await openCompactSplit(name, folder) : undefined;
      if (compact) return describe(compact, 'compact', join(folder, `${name}.jsonl`));
      const tree = await openTreeSplit(name, { folder, counts });
      return tree && describe(tree, 'files', join(folder, folderOfSplit[name]));
    }),
  );
  return described.filter((split) => split !== undefined);
}

function describe({ name, count, contentHash }: Split, layout: Layout, path: string): PresentSplit {
  return { name, reviews: count, layout, path, contentHash };
}
