import { checkTokenCount } from './check-token-count.js';
import { ngramCount } from './ngrams-of.js';

/**
 * Where each example's tokens and runs of up to `longest` tokens begin, laid end to end.
 *
 * @param offsets `[examples + 1]`, of the tokens alone
 * @returns `[examples + 1]`
 * @throws UserError when there are more than 2^31 - 1 in all
 */
export function ngramOffsets(offsets: Int32Array, longest: number): Int32Array {
  const all = new Int32Array(offsets.length);
  let total = 0;
  for (let example = 1; example < offsets.length; example++) {
    total += ngramCount(offsets[example] - offsets[example - 1], longest);
    checkTokenCount(total);
    all[example] = total;
  }
  return all;
}
