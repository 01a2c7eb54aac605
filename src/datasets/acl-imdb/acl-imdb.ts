import { z } from 'zod';
import type { Dataset } from '../dataset.js';
import type { SplitName } from '../split.js';
import { description } from './description.js';
import type { DownloadAclImdbOptions } from './download-acl-imdb.js';
import type { AclImdbOptions } from './open-acl-imdb.js';
import type { ReviewSplit } from './review-splits.js';

const settings = z.strictObject({
  name: z
    .literal('acl-imdb')
    .describe('`acl-imdb`: the Large Movie Review Dataset, 25,000 + 25,000 raw reviews.'),
});

type EnsureAclImdbOptions = Omit<DownloadAclImdbOptions, 'layout' | 'verify' | 'splits'>;

/** The Large Movie Review Dataset: film reviews as raw text. */
export const aclImdb = {
  settings,
  describe: () => description,
  async open(split: SplitName, options: AclImdbOptions) {
    const { openAclImdbSplit } = await import('./open-acl-imdb.js');
    return openAclImdbSplit(split, options);
  },
  async ensure(splits: readonly SplitName[], options: EnsureAclImdbOptions) {
    const { ensureAclImdb } = await import('./ensure-acl-imdb.js');
    await ensureAclImdb(splits, options);
  },
  fallback: {
    dataset: { name: 'sample' },
    warnings: ({ dataDir, reason }: { dataDir: string; reason: string }) => [
      `the 25,000 reviews are not in ${dataDir} and cannot be downloaded: ${reason}`,
      'training on the sample of 2,000 reviews that ships with imdb-rnn; its accuracy will be much lower',
    ],
  },
  download: {
    flags: ['archive', 'url', 'unsupervised', 'files'],
    async fetch({ flags, ...options }) {
      const { archive, url } = flags;
      const both: readonly ReviewSplit[] = ['train', 'test'];
      const { downloadAclImdb } = await import('./download-acl-imdb.js');
      const { splits, unpacked, ...result } = await downloadAclImdb({
        ...options,
        ...{ archive, url },
        splits: flags.unsupervised ? [...both, 'unsupervised'] : both,
        layout: flags.files ? 'files' : 'compact',
      });
      return {
        parts: splits.map(({ name, reviews, path }) => {
          return { name, amount: { reviews }, path, isNew: unpacked.includes(name) };
        }),
        facts: {
          unpacked,
          splits: Object.fromEntries(splits.map(({ name, ...split }) => [name, split])),
          archive: result.archive ?? null,
        },
      };
    },
  },
} as const satisfies Dataset<z.infer<typeof settings>>;
