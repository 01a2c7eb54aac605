import type { FeatureCounts } from '../batches/count-features.js';
import { exampleCount } from '../batches/encoded-split.js';

/** Examples as points, as far as spreading over them goes. */
export interface SpreadFeatures {
  /** Number of examples. */
  readonly count: number;
  /** Squared Euclidean distances of all examples from one of them, `[examples]`. */
  squaredDistancesFrom(example: number): Float64Array;
}

/** Points of which all coordinates are there. @param values row-major `[examples, columns]` */
export function denseFeatures(values: Float32Array, columns: number): SpreadFeatures {
  const count = values.length / columns;
  return {
    count,
    squaredDistancesFrom(example) {
      const center = values.subarray(example * columns, (example + 1) * columns);
      const distances = new Float64Array(count);
      for (let other = 0; other < count; other++) {
        let sum = 0;
        for (let column = 0; column < columns; column++) {
          sum += (values[other * columns + column] - center[column]) ** 2;
        }
        distances[other] = sum;
      }
      return distances;
    },
  };
}

/**
 * Points of which most coordinates are 0.
 *
 * @param values in the order of the examples' ids
 * @param idCount coordinates: one for each id
 */
export function sparseFeatures(
  { ids, offsets }: FeatureCounts,
  { values, idCount }: { values: Float32Array; idCount: number },
): SpreadFeatures {
  const count = exampleCount({ offsets });
  const squares = new Float64Array(count);
  for (let example = 0; example < count; example++) {
    for (let k = offsets[example]; k < offsets[example + 1]; k++) squares[example] += values[k] ** 2;
  }
  const center = new Float64Array(idCount);
  return {
    count,
    squaredDistancesFrom(example) {
      center.fill(0);
      for (let k = offsets[example]; k < offsets[example + 1]; k++) center[ids[k]] = values[k];
      return Float64Array.from(squares, (square, other) => {
        if (other === example) return 0;
        let product = 0;
        for (let k = offsets[other]; k < offsets[other + 1]; k++) product += values[k] * center[ids[k]];
        // The difference of nearly equal numbers may come out below 0.
        return Math.max(0, square + squares[example] - 2 * product);
      });
    },
  };
}
