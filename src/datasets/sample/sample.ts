import { z } from 'zod';
import { description } from '../acl-imdb/description.js';
import type { Dataset } from '../dataset.js';
import type { SplitName } from '../split.js';

const settings = z.strictObject({
  name: z
    .literal('sample')
    .describe('`sample`: 2,000 + 1,000 reviews of acl-imdb, shipped with the program.'),
});

/** A part of the Large Movie Review Dataset that needs no download. */
export const sample = {
  settings,
  describe: () => `A sample of the ${description}`,
  async open(split: SplitName) {
    const { openSampleSplit } = await import('./open-sample.js');
    return openSampleSplit(split);
  },
  async ensure(splits: readonly SplitName[]) {
    const { openSampleSplit } = await import('./open-sample.js');
    for (const split of splits) await openSampleSplit(split);
  },
} as const satisfies Dataset<z.infer<typeof settings>>;
