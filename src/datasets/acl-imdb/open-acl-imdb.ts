import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../errors/user-error.js';
import type { SplitName, TextSplit } from '../split.js';
import { openCompactSplit } from './compact-split.js';
import { findArchive, hintToTree } from './look-around.js';
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
  throw await missingSplit(name, options.dataDir);
}

/** The error for a split that is not there, with a next step that goes by what is there. */
export async function missingSplit(name: SplitName, dataDir: string): Promise<UserError> {
  const hint = (await hintToTree(dataDir)) ?? (await hintToDownload(name, dataDir));
  return new UserError(
    `The ${name} split of the data set acl-imdb is not in ${aclImdbFolder(dataDir)}.`,
    hint,
  );
}

async function hintToDownload(name: SplitName, dataDir: string): Promise<string> {
  const flags = name === 'unsupervised' ? ' --unsupervised' : '';
  const place = dataDir === 'data' ? '' : ` --data-dir ${dataDir}`;
  const own = await findArchive(dataDir);
  const archive = own ?? (await findArchive('.')) ?? (await findArchive(dirname(resolve(dataDir))));
  const command = `imdb-rnn download${flags}${place}`;
  if (own !== undefined) return `Run ${command} to unpack ${own}, which is there`;
  return archive === undefined ? `Run ${command}` : `Run ${command} --archive ${archive}`;
}
