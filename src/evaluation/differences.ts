import { UserError } from '../errors/user-error.js';
import type { RunFolder } from '../runs/run-folder.js';
import { type ComparedRun, isMeasured } from './compare-runs.js';
import { type Difference, testDifference } from './difference.js';

/**
 * The tests that a comparison calls for: each run against the one that is named; else, of exactly two runs, the first
 * against the second.
 *
 * @param options `against`: the run to test against; `named`: whether the user named the runs
 * @returns `problem`: why tests are missing; fatal where the user has asked for them
 */
export function testRuns(
  compared: readonly ComparedRun[],
  { against, named }: { against?: RunFolder; named: boolean },
): { differences: Difference[]; problem?: { error: UserError; isFatal: boolean } } {
  const measured = compared.filter(isMeasured);
  if (!against && compared.length !== 2) return { differences: [] };
  const other = against ? measured.find(({ run }) => run.path === against.path) : measured[1];
  if (!other) {
    if (!against) return { differences: [] };
    const error = new UserError(
      `Nothing can be tested against ${against.name}: it has no figures.`,
      'See above why.',
    );
    return { differences: [], problem: { error, isFatal: true } };
  }
  const differences: Difference[] = [];
  let problem: { error: UserError; isFatal: boolean } | undefined;
  for (const run of measured) {
    if (run === other) continue;
    try {
      differences.push(testDifference(run, other));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problem ??= { error, isFatal: named || against !== undefined };
    }
  }
  return { differences, problem };
}
