import type { FeatureCounts } from '../batches/count-features.js';
import { exampleCount, type PackedSplit } from '../batches/encoded-split.js';
import type { FeatureWeighting } from '../layers/bag-of-words.js';

/**
 * Inverse document frequency of each id, scikit-learn's smooth form (TfidfTransformer):
 *   ln((1 + examples) / (1 + examples that have the id)) + 1
 *
 * @returns `[idCount]`, each at least 1
 */
export function inverseDocumentFrequencies(features: PackedSplit, idCount: number): Float32Array {
  const examplesWith = new Int32Array(idCount);
  for (const id of features.ids) examplesWith[id]++;
  const examples = exampleCount(features);
  return Float32Array.from(examplesWith, (count) => Math.log((1 + examples) / (1 + count)) + 1);
}

/**
 * Log-count ratio of each id, multinomial Naive Bayes on what an example has, not how often (Wang & Manning 2012):
 *   r = ln((p / |p|) / (q / |q|)), p = 1 + examples of the label that have the id, q = 1 + other examples that have it
 * The sums |p| and |q| run over all ids but padding.
 *
 * @param options.isPositive whether an example has the label, by the example's index
 * @returns `[idCount]`; 0 for padding
 */
export function logCountRatios(
  features: PackedSplit,
  { idCount, isPositive }: { idCount: number; isPositive: (example: number) => boolean },
): Float64Array {
  const { ids, offsets } = features;
  const positive = new Float64Array(idCount).fill(1);
  const negative = new Float64Array(idCount).fill(1);
  for (let example = 0; example < exampleCount(features); example++) {
    const counts = isPositive(example) ? positive : negative;
    for (let k = offsets[example]; k < offsets[example + 1]; k++) counts[ids[k]]++;
  }
  const sum = (counts: Float64Array) => counts.subarray(1).reduce((total, count) => total + count, 0);
  const normalizer = Math.log(sum(positive)) - Math.log(sum(negative));
  const ratios = positive.map((count, id) => Math.log(count) - Math.log(negative[id]) - normalizer);
  ratios[0] = 0;
  return ratios;
}

/**
 * What each feature of each example is worth, as the layer `BagOfWords` computes it.
 *
 * @param options.idf for `tfIdf`
 * @returns in the order of `features.ids`
 */
export function featureValues(
  { ids, counts, offsets }: FeatureCounts,
  { weighting, idf }: { weighting: FeatureWeighting; idf?: Float32Array },
): Float32Array {
  if (weighting === 'binary') return new Float32Array(ids.length).fill(1);
  if (weighting === 'counts') return Float32Array.from(counts);
  const values = new Float32Array(ids.length);
  for (let example = 0; example + 1 < offsets.length; example++) {
    let squares = 0;
    for (let k = offsets[example]; k < offsets[example + 1]; k++) {
      values[k] = counts[k] * idf![ids[k]];
      squares += values[k] ** 2;
    }
    const length = Math.sqrt(squares);
    for (let k = offsets[example]; k < offsets[example + 1]; k++) values[k] /= length;
  }
  return values;
}
