import { chiSquaredTail } from './chi-squared-tail.js';

/** Whether two classifiers that saw the same examples differ by more than chance. */
export interface McNemarTest {
  /** Examples that only the first has right. */
  readonly onlyFirst: number;
  /** Examples that only the second has right. */
  readonly onlySecond: number;
  /** `exact`: the binomial distribution; `chiSquared`: chi-squared with one degree of freedom, continuity corrected. */
  readonly method: 'exact' | 'chiSquared';
  /** The chi-squared value; `null` for the exact test. */
  readonly statistic: number | null;
  /** Two-sided: how often chance alone makes two equally good classifiers differ at least so much, 0 to 1. */
  readonly pValue: number;
}

/** Below so many examples that only one has right, chi-squared is a poor likeness of the binomial distribution. */
const leastForChiSquared = 25;

/**
 * McNemar's test (McNemar 1947, Psychometrika 12) with the continuity correction of Edwards (1948, Psychometrika 13):
 * (|b - c| - 1)^2 / (b + c), and 0 for b = c, as R's `mcnemar.test` has it. Below 25 examples that only one of the two has
 * right it is the exact binomial test, whose p is 1 where there are none.
 *
 * @param onlyFirst b, a whole number of at least 0
 * @param onlySecond c, alike
 * @throws RangeError for other numbers
 */
export function mcNemarTest(onlyFirst: number, onlySecond: number): McNemarTest {
  for (const count of [onlyFirst, onlySecond]) {
    if (!(Number.isSafeInteger(count) && count >= 0))
      throw new RangeError(`${count} is no count of examples`);
  }
  const discordant = onlyFirst + onlySecond;
  if (discordant < leastForChiSquared) {
    const pValue = exactBinomial(Math.min(onlyFirst, onlySecond), discordant);
    return { onlyFirst, onlySecond, method: 'exact', statistic: null, pValue };
  }
  const distance = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1);
  const statistic = distance ** 2 / discordant;
  return { onlyFirst, onlySecond, method: 'chiSquared', statistic, pValue: chiSquaredTail(statistic) };
}

/** Two-sided p of at most `few` heads, or as many tails, in `trials` throws of a fair coin. */
function exactBinomial(few: number, trials: number): number {
  let ways = 1;
  let tail = 0;
  for (let heads = 0; heads <= few; heads += 1) {
    tail += ways;
    ways = (ways * (trials - heads)) / (heads + 1);
  }
  return Math.min(1, (2 * tail) / 2 ** trials);
}
