import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../errors/user-error.js';
import { type McNemarTest, mcNemarTest } from '../metrics/mcnemar-test.js';
import type { MeasuredRun } from './compare-runs.js';

/** A test between two runs; `onlyFirst` are the examples that `run` alone has right. */
export interface Difference extends McNemarTest {
  readonly run: MeasuredRun;
  readonly against: MeasuredRun;
}

/**
 * McNemar's test between two runs that were measured on the same examples.
 *
 * @throws UserError when they were measured on other examples, or tell other labels apart
 */
export function testDifference(run: MeasuredRun, against: MeasuredRun): Difference {
  if (!areComparable(run, against)) {
    const [first, second] = [run, against].map(describeExamples);
    throw new UserError(
      `McNemar's test needs runs that were measured on the same examples: ${first}; ${second}.`,
      'Compare runs of one dataset; each figure of the table holds by itself.',
    );
  }
  let [onlyFirst, onlySecond] = [0, 0];
  run.correct.forEach((first, example) => {
    const second = against.correct[example];
    if (first > second) onlyFirst += 1;
    if (second > first) onlySecond += 1;
  });
  return { run, against, ...mcNemarTest(onlyFirst, onlySecond) };
}

/** Whether two runs were measured on the same examples. */
export function areComparable(one: MeasuredRun, other: MeasuredRun): boolean {
  return isDeepStrictEqual(one.examples, other.examples) && isDeepStrictEqual(one.targets, other.targets);
}

function describeExamples({ run, examples, correct }: MeasuredRun): string {
  const { dataset, split, contentHash, labels } = examples;
  const count = correct.length.toLocaleString('en-US');
  return `${run.name} on ${count} of ${dataset} (${split} split, ${labels.join('/')}, ${contentHash.slice(0, 8)})`;
}
