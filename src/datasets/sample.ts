import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { explainingFileErrors } from '../errors/system-error.js';
import { UserError } from '../errors/user-error.js';
import { packageFile } from '../files/package-root.js';
import { reviewLabels } from './acl-imdb/official-archive.js';
import { parseReviewLines } from './acl-imdb/review-lines.js';
import type { Split, SplitName } from './split.js';

/**
 * Opens a split of the sample that ships with the program: 2,000 + 1,000 examples, their first 300 characters.
 *
 * @throws UserError for `unsupervised`, which the sample does not have
 */
export async function openSampleSplit(name: SplitName): Promise<Split> {
  if (name === 'unsupervised') {
    throw new UserError(
      'The sample has no unsupervised split, only train and test.',
      'Use the data set acl-imdb: run imdb-rnn download --unsupervised.',
    );
  }
  const path = packageFile('data', 'sample', `${name}.jsonl`);
  // Small enough (700 kB) to be read for its hash.
  const content = await explainingFileErrors(`read ${path}`, () => readFile(path));
  const examples = parseReviewLines(content, path);
  return {
    name,
    labels: reviewLabels,
    count: examples.length,
    contentHash: createHash('sha256').update(content).digest('hex'),
    read: async () => examples,
  };
}
