import { readFileSync } from 'node:fs';
import { countFeatures, type FeatureCounts } from '../../src/batches/count-features.js';

/** One logistic regression at its optimum; made by scripts/golden/bag-of-words.py. */
export interface BagOfWordsCase {
  readonly weighting: 'counts' | 'binary' | 'tfIdf' | 'naiveBayes';
  readonly labels: number[];
  readonly inverseRegularization: number;
  /** `[idCount, columns]`; with `naiveBayes` the ratios are in it. */
  readonly kernel: number[];
  /** `[columns]` */
  readonly bias: number[];
  /** `[examples, columns]` */
  readonly probabilities: number[];
}

const { reviews: examples, ...rest } = JSON.parse(
  readFileSync(new URL('bag-of-words/bag-of-words.json', import.meta.url), 'utf8'),
) as {
  idCount: number;
  reviews: number[][];
  labels: number[];
  idf: number[];
  tfIdf: number[][];
  ratios: number[][];
  cases: BagOfWordsCase[];
};

const golden = { ...rest, examples };

export const goldenBags = golden;

/** The golden examples, counted. */
export function goldenFeatures(labels: readonly number[] = golden.labels): FeatureCounts {
  const offsets = new Int32Array(golden.examples.length + 1);
  golden.examples.forEach((ids, example) => {
    offsets[example + 1] = offsets[example] + ids.length;
  });
  return countFeatures({
    ids: Int32Array.from(golden.examples.flat()),
    offsets,
    targets: { values: Int32Array.from(labels) },
  });
}

/** Such as `tfIdf, 3 labels, C 5`. */
export function titleOf({ weighting, bias, inverseRegularization }: BagOfWordsCase): string {
  return `${weighting}, ${bias.length === 1 ? 2 : bias.length} labels, C ${inverseRegularization}`;
}
