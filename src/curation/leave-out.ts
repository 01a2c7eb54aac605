import { findLabelIssues } from './find-label-issues.js';
import type { LabelledProbabilities } from './labelled-probabilities.js';

/**
 * Which share of the labels that look wrong is not learnt from in the next round. On film reviews with 5 % of wrong labels a
 * third, a half, three quarters and all of them came to the same (docs/curation.md). Of the first half four in five were
 * wrong indeed; the others are right for the most part, and a model should learn from what is hard to tell.
 */
const share = 1 / 2;

/**
 * The examples whose labels are most likely wrong, by any of the questions.
 *
 * @param questions all about the same examples, at least one
 * @returns `[examples]`: 1 for those that are left out
 */
export function leaveOut(questions: readonly LabelledProbabilities[]): Uint8Array {
  const isLeftOut = new Uint8Array(questions[0].labels.length);
  for (const data of questions) {
    const issues = findLabelIssues(data);
    for (const example of issues.subarray(0, Math.floor(issues.length * share))) isLeftOut[example] = 1;
  }
  return isLeftOut;
}
