import type { FeatureCounts } from '../batches/count-features.js';
import { reviewCount } from '../batches/encoded-split.js';
import type { FeatureWeighting } from '../layers/bag-of-words.js';

/**
 * Inverse document frequency of each id, scikit-learn's smooth form (TfidfTransformer):
 *   ln((1 + reviews) / (1 + reviews that have the id)) + 1
 *
 * @returns `[idCount]`, each at least 1
 */
export function inverseDocumentFrequencies(features: FeatureCounts, idCount: number): Float32Array {
  const reviewsWith = new Int32Array(idCount);
  for (const id of features.ids) reviewsWith[id]++;
  const reviews = reviewCount(features);
  return Float32Array.from(reviewsWith, (count) => Math.log((1 + reviews) / (1 + count)) + 1);
}

/**
 * Log-count ratio of each id, multinomial Naive Bayes on what a review has, not how often (Wang & Manning 2012):
 *   r = ln((p / |p|) / (q / |q|)), p = 1 + reviews of the label that have the id, q = 1 + other reviews that have it
 * The sums |p| and |q| run over all ids but padding.
 *
 * @param options.isPositive whether a review has the label, by the review's index
 * @returns `[idCount]`; 0 for padding
 */
export function logCountRatios(
  features: FeatureCounts,
  { idCount, isPositive }: { idCount: number; isPositive: (review: number) => boolean },
): Float64Array {
  const { ids, offsets } = features;
  const positive = new Float64Array(idCount).fill(1);
  const negative = new Float64Array(idCount).fill(1);
  for (let review = 0; review < reviewCount(features); review++) {
    const counts = isPositive(review) ? positive : negative;
    for (let k = offsets[review]; k < offsets[review + 1]; k++) counts[ids[k]]++;
  }
  const sum = (counts: Float64Array) => counts.subarray(1).reduce((total, count) => total + count, 0);
  const normalizer = Math.log(sum(positive)) - Math.log(sum(negative));
  const ratios = positive.map((count, id) => Math.log(count) - Math.log(negative[id]) - normalizer);
  ratios[0] = 0;
  return ratios;
}

/**
 * What each feature of each review is worth, as the layer `BagOfWords` computes it.
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
  for (let review = 0; review + 1 < offsets.length; review++) {
    let squares = 0;
    for (let k = offsets[review]; k < offsets[review + 1]; k++) {
      values[k] = counts[k] * idf![ids[k]];
      squares += values[k] ** 2;
    }
    const length = Math.sqrt(squares);
    for (let k = offsets[review]; k < offsets[review + 1]; k++) values[k] /= length;
  }
  return values;
}
