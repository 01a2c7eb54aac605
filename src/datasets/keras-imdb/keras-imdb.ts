import type { z } from 'zod';
import { description } from '../acl-imdb/description.js';
import type { Dataset, EnsureOptions, OpenOptions } from '../dataset.js';
import type { SplitName } from '../split.js';
import { checkText } from './check-text.js';
import { fixedVocabulary } from './fixed-vocabulary.js';
import { type KerasImdbSettings, settings } from './settings.js';

/** The Large Movie Review Dataset as word ids, as `keras.datasets.imdb` gives it. */
export const kerasImdb = {
  settings,
  checkText,
  describe: () => `${description} Here as word ids, in the form of keras.datasets.imdb.`,
  async open(split: SplitName, options: OpenOptions & { readonly dataset: KerasImdbSettings }) {
    const { openKerasImdbSplit } = await import('./open-keras-imdb.js');
    return openKerasImdbSplit(split, options);
  },
  async ensure(
    splits: readonly SplitName[],
    options: EnsureOptions & { readonly dataset: KerasImdbSettings },
  ) {
    const { ensureKerasImdb } = await import('./ensure-keras-imdb.js');
    await ensureKerasImdb(splits, options);
  },
  vocabulary: fixedVocabulary,
  download: {
    flags: ['npz', 'wordIndex'],
    async fetch({ dataDir, flags, ...options }) {
      const [{ downloadKerasImdb }, { kerasImdbFolder }] = await Promise.all([
        import('./download-keras-imdb.js'),
        import('./open-keras-imdb.js'),
      ]);
      const local = { npz: flags.npz, wordIndex: flags.wordIndex };
      const files = await downloadKerasImdb({ folder: kerasImdbFolder(dataDir), local, ...options });
      const parts = Object.values(files).map(({ path, bytes, fetched }) => {
        return { name: path, amount: { bytes }, isNew: fetched };
      });
      return { parts, facts: { files } };
    },
  },
} as const satisfies Dataset<z.infer<typeof settings>>;
