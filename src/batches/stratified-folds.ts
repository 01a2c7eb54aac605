import type { Random } from '../random/random.js';
import { examplesOfStrata, type Targets, targetCount } from './targets.js';

/**
 * Deals examples into folds at random, the examples of each label evenly: folds differ by at most one example of each label,
 * and by at most one in all.
 *
 * @param options.folds at least 2
 * @returns the fold of each example, `[examples]`
 */
export function stratifiedFolds(
  targets: Targets,
  { folds, random }: { folds: number; random: Random },
): Int32Array {
  const foldOf = new Int32Array(targetCount(targets));
  let dealt = 0;
  for (const examples of examplesOfStrata(targets)) {
    random.shuffle(examples);
    for (const example of examples) foldOf[example] = dealt++ % folds;
  }
  return foldOf;
}

/** The examples of a fold, and all others, each in the order of the examples. */
export function examplesOfFold(foldOf: Int32Array, fold: number): { heldOut: Int32Array; rest: Int32Array } {
  const indices = foldOf.map((_, example) => example);
  return {
    heldOut: indices.filter((example) => foldOf[example] === fold),
    rest: indices.filter((example) => foldOf[example] !== fold),
  };
}
