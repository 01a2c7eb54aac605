import type { SpreadFeatures } from './spread-features.js';

/**
 * Chooses examples that cover all of them: each next one is the farthest from those that are chosen, the first of equal
 * ones (k-center greedy: Sener & Savarese 2018, algorithm 1). The distance of the farthest example from its nearest chosen
 * one is at most twice the least possible (Gonzalez 1985).
 *
 * @param options.count how many to choose; all of them where there are fewer
 * @param options.first the example that is chosen first; default 0
 * @returns the chosen ones in the order in which they are chosen, each once
 */
export function kCenterGreedy(
  features: SpreadFeatures,
  { count, first = 0 }: { count: number; first?: number },
): Int32Array {
  const chosen: number[] = [];
  const nearest = new Float64Array(features.count).fill(Number.POSITIVE_INFINITY);
  let next = first;
  while (chosen.length < Math.min(count, features.count)) {
    chosen.push(next);
    features.squaredDistancesFrom(next).forEach((distance, example) => {
      if (distance < nearest[example]) nearest[example] = distance;
    });
    // Below any distance, those of examples that equal a chosen one included.
    nearest[next] = Number.NEGATIVE_INFINITY;
    next = 0;
    for (let example = 1; example < features.count; example++) {
      if (nearest[example] > nearest[next]) next = example;
    }
  }
  return Int32Array.from(chosen);
}
