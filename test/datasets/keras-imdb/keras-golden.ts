import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadedReviews } from '../../../src/datasets/keras-imdb/load-data.js';
import type { KerasImdbSettings } from '../../../src/datasets/keras-imdb/settings.js';

/** The folder of what Keras and NumPy computed (scripts/golden/keras-imdb.py). */
export const goldenFolder = fileURLToPath(new URL('../../golden/keras-imdb', import.meta.url));

/** Arguments of `keras.datasets.imdb.load_data`. */
interface KerasSettings {
  readonly num_words?: number | null;
  readonly skip_top?: number;
  readonly maxlen?: number | null;
  readonly seed?: number;
  readonly start_char?: number | null;
  readonly oov_char?: number | null;
  readonly index_from?: number;
}

interface KerasGolden {
  readonly small: readonly {
    readonly settings: KerasSettings;
    readonly xTrain: number[][];
    readonly yTrain: number[];
    readonly xTest: number[][];
    readonly yTest: number[];
  }[];
  readonly shuffles: readonly { readonly seed: number; readonly count: number; readonly indices: number[] }[];
  readonly whole: {
    /** Of the imdb.npz that these hashes are about. */
    readonly sha256: string;
    readonly cases: readonly {
      readonly settings: KerasSettings;
      readonly firstIds: number[];
      readonly train: string;
      readonly test: string;
    }[];
  };
}

export function readKerasGolden<Name extends keyof KerasGolden>(name: Name): KerasGolden[Name] {
  return JSON.parse(readFileSync(`${goldenFolder}/${name}.json`, 'utf8'));
}

export function readGoldenNpz(name: string): Buffer {
  return readFileSync(`${goldenFolder}/${name}.npz`);
}

/** Our settings for Keras' arguments. */
export function kerasConfig(settings: KerasSettings = {}): KerasImdbSettings {
  const { num_words = null, skip_top = 0, maxlen = null, seed = 113 } = settings;
  const { start_char = 1, oov_char = 2, index_from = 3 } = settings;
  return {
    name: 'keras-imdb',
    ...{ numWords: num_words, skipTop: skip_top, maxLength: maxlen, seed },
    ...{ startChar: start_char, oovChar: oov_char, indexFrom: index_from },
  };
}

/** Each review's ids as a list. */
export function listsOf({ ids, offsets, labels }: LoadedReviews): number[][] {
  return Array.from(labels, (_, review) => [...ids.subarray(offsets[review], offsets[review + 1])]);
}
