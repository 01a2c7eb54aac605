import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../errors/user-error.js';
import { type McNemarTest, mcNemarTest } from '../metrics/mcnemar-test.js';
import type { MeasuredRun } from './compare-runs.js';

/**
 * McNemar's test between two runs that were measured on the same reviews: `onlyFirst` are the reviews that `one` alone
 * has right.
 *
 * @throws UserError when they were measured on other reviews, or tell other labels apart
 */
export function testDifference(one: MeasuredRun, other: MeasuredRun): McNemarTest {
  if (!areComparable(one, other)) {
    const [first, second] = [one, other].map(
      ({ run, reviews: { dataset, split, contentHash, labels } }) =>
        `${run.name} on ${dataset}'s ${split} split (${labels.join(', ')}; ${contentHash.slice(0, 8)})`,
    );
    throw new UserError(
      `McNemar's test needs runs that were measured on the same reviews: ${first}, ${second}.`,
      'Compare runs of one dataset. The table holds for each of them by itself.',
    );
  }
  let [onlyFirst, onlySecond] = [0, 0];
  for (let review = 0; review < one.truth.length; review += 1) {
    const [first, second] = [one, other].map(({ answers, truth }) => answers[review] === truth[review]);
    if (first && !second) onlyFirst += 1;
    if (second && !first) onlySecond += 1;
  }
  return mcNemarTest(onlyFirst, onlySecond);
}

/** Whether two runs were measured on the same reviews. */
export function areComparable(one: MeasuredRun, other: MeasuredRun): boolean {
  return isDeepStrictEqual(one.reviews, other.reviews) && isDeepStrictEqual(one.truth, other.truth);
}
