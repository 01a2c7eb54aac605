import type { z } from 'zod';
import type { Dataset, EnsureOptions, OpenOptions } from '../dataset.js';
import type { SplitName } from '../split.js';
import { describeFiles } from './describe-files.js';
import { type FilesSettings, settings } from './settings.js';

type Options<Base = OpenOptions> = Base & { readonly dataset: FilesSettings };

/** Files of one's own. */
export const files = {
  settings,
  describe: describeFiles,
  async resolve(dataset: FilesSettings, options: OpenOptions) {
    const { resolveWithCategories } = await import('./resolve-categories.js');
    return resolveWithCategories(dataset, options);
  },
  async splits(options: Options) {
    const { splitsOf, surveySettings } = await import('./open-files.js');
    return splitsOf((await surveySettings(options)).survey);
  },
  async open(split: SplitName, options: Options) {
    const { openFilesSplit } = await import('./open-files.js');
    return openFilesSplit(split, options);
  },
  async ensure(_splits: readonly SplitName[], options: Options<EnsureOptions>) {
    const { surveySettings } = await import('./open-files.js');
    await surveySettings(options);
  },
} as const satisfies Dataset<z.infer<typeof settings>>;
