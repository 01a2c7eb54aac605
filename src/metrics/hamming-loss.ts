import { countCorrect } from './accuracy.js';

/**
 * Share of single decisions, one for each row and label, that are wrong: scikit-learn's `hamming_loss` of several labels
 * at once.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param predicted 1 where it was predicted, else 0; `[rows, labels]`
 * @returns 0 to 1; `NaN` for no rows
 * @throws RangeError when the two differ in length
 */
export function hammingLoss(targets: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return (targets.length - countCorrect(targets, predicted)) / targets.length;
}
