import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { explainingFileErrors } from '../../errors/system-error.js';
import { packageFile } from '../../files/package-root.js';
import { reviewLabels } from '../acl-imdb/official-archive.js';
import { readReviewLines } from '../acl-imdb/review-lines.js';
import { refuseSplit } from '../refuse-split.js';
import type { Example, SplitName, TextSplit } from '../split.js';

/**
 * Opens a split of the sample that ships with the program: 2,000 + 1,000 examples, their first 300 characters.
 *
 * @throws UserError for a split that the sample does not have
 */
export async function openSampleSplit(name: SplitName): Promise<TextSplit> {
  if (name !== 'train' && name !== 'test') {
    throw refuseSplit(name, { dataset: 'The sample', has: ['train', 'test'] });
  }
  const path = packageFile('data', 'sample', `${name}.jsonl`);
  // Small enough (700 kB) to be read for its hash.
  const content = await explainingFileErrors(`read ${path}`, () => readFile(path));
  const examples: Example[] = [];
  for await (const portion of readReviewLines(content, path)) examples.push(...portion);
  return {
    kind: 'texts',
    name,
    labels: reviewLabels,
    count: examples.length,
    contentHash: createHash('sha256').update(content).digest('hex'),
    read: async function* () {
      yield examples;
    },
  };
}
