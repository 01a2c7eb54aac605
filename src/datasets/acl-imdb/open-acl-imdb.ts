import { join } from 'node:path';
import { UserError } from '../../errors/user-error.js';
import type { SplitName, TextSplit } from '../split.js';
import { openCompactSplit } from './compact-split.js';
import { officialCounts, type ReviewCounts } from './official-archive.js';
import { type ReviewSplit, reviewSplit } from './review-splits.js';
import { openTreeSplit } from './tree-split.js';

export interface AclImdbOptions {
  /** The folder that holds `aclImdb/`. */
  readonly dataDir: string;
  /** Reviews that each folder of a tree must hold; default: the official counts. */
  readonly counts?: ReviewCounts;
}

/** The folder of the data set: compact files with `index.json`, or the classical tree, or both. */
export function aclImdbFolder(dataDir: string): string {
  return join(dataDir, 'aclImdb');
}

/**
 * Finds a split of the Large Movie Review Dataset: the compact file if there is one, else the tree.
 *
 * @returns undefined when there is neither
 * @throws UserError when what is there is damaged or not complete
 */
export async function findAclImdbSplit(
  name: ReviewSplit,
  { dataDir, counts = officialCounts }: AclImdbOptions,
): Promise<TextSplit | undefined> {
  const folder = aclImdbFolder(dataDir);
  return (await openCompactSplit(name, folder)) ?? (await openTreeSplit(name, { folder, counts }));
}

/** Like `findAclImdbSplit`, but a split that is not there is an error that tells how to get it. */
export async function openAclImdbSplit(name: SplitName, options: AclImdbOptions): Promise<TextSplit> {
  const split = await findAclImdbSplit(reviewSplit(name), options);
  if (split) return split;
  const flags = name === 'unsupervised' ? ' --unsupervised' : '';
  throw new UserError(
    `The ${name} split of the data set acl-imdb is not in ${aclImdbFolder(options.dataDir)}.`,
    `Run imdb-rnn download${flags}${options.dataDir === 'data' ? '' : ` --data-dir ${options.dataDir}`}`,
  );
}
