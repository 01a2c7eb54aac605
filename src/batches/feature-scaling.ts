import type { FeatureColumn } from '../datasets/split.js';
import type { ExampleFeatures } from './example-features.js';

/** What the numbers beside texts are, and how each is brought to mean 0 and deviation 1: (x - mean) / deviation. */
export interface FeatureScaling {
  readonly columns: readonly FeatureColumn[];
  /** `[columns]`; 0 for a category, which stays 0 or 1. */
  readonly mean: Float32Array;
  /** `[columns]`; 1 for a category, and for a number that is the same everywhere. */
  readonly deviation: Float32Array;
}

/**
 * Mean and deviation of training examples' features, of the whole population (divided by n), as Keras' `Normalization` and
 * scikit-learn's `StandardScaler` have it; every example counts once, whatever its weight.
 *
 * @param names what the columns are; default: `feature 1`, `feature 2`, ..., all numeric
 */
export function scaleFeatures(
  { values, columns }: ExampleFeatures,
  names: readonly FeatureColumn[] = unnamed(columns),
): FeatureScaling {
  if (names.length !== columns) {
    throw new RangeError(`The data set names ${names.length} features, but its examples have ${columns}`);
  }
  const mean = new Float32Array(columns);
  const deviation = new Float32Array(columns).fill(1);
  names.forEach(({ kind }, column) => {
    if (kind === 'category') return;
    const spread = meanAndDeviation(values, { column, columns });
    mean[column] = spread.mean;
    if (Math.fround(spread.deviation) > 0) deviation[column] = spread.deviation;
  });
  return { columns: names, mean, deviation };
}

/** The features as the model's layer gives them, in the same 32-bit steps. */
export function scaledFeatures(
  { values, columns }: ExampleFeatures,
  { mean, deviation }: FeatureScaling,
): Float32Array {
  return values.map((value, place) => {
    const column = place % columns;
    return Math.fround(value - mean[column]) / deviation[column];
  });
}

function unnamed(columns: number): FeatureColumn[] {
  return Array.from({ length: columns }, (_, column) => ({ name: `feature ${column + 1}`, kind: 'numeric' }));
}

/** In 64 bits and two passes: squares of large numbers do not cancel. */
function meanAndDeviation(
  values: Float32Array,
  { column, columns }: { column: number; columns: number },
): { mean: number; deviation: number } {
  const examples = values.length / columns;
  let sum = 0;
  for (let place = column; place < values.length; place += columns) sum += values[place];
  const mean = sum / examples;
  let squares = 0;
  for (let place = column; place < values.length; place += columns) squares += (values[place] - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / examples) };
}
