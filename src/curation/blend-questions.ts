import type { Targets } from '../batches/targets.js';
import type { Task } from '../tasks/task.js';
import { blendJudges } from './blend-judges.js';
import { type LabelQuestion, labelQuestions } from './label-questions.js';

/** A question with what all judges say together. */
export interface BlendedQuestion extends LabelQuestion {
  /** `[judges]`; see `blendJudges`. */
  readonly weights: readonly number[];
}

/**
 * What several judges say of examples in several rounds, as one answer to each question of the task.
 *
 * @param options.outputs `[judges][rounds]`: row-major `[examples, columns]`
 * @throws UserError for a task whose answers are no labels of whole texts
 */
export function blendQuestions(
  task: Task,
  { outputs, targets }: { outputs: readonly (readonly Float32Array[])[]; targets: Targets },
): BlendedQuestion[] {
  const asked = outputs.map((rounds) =>
    rounds.map((each) => labelQuestions(task, { outputs: each, targets })),
  );
  return asked[0][0].map(({ names }, question) => {
    const { data, weights } = blendJudges(asked.map((rounds) => rounds.map((each) => each[question].data)));
    return { names, data, weights };
  });
}
