import { targetsOfExample } from '../batches/targets.js';
import type { Split } from '../datasets/split.js';
import type { Answer, Answers, Task } from '../tasks/task.js';
import { readTexts } from './read-texts.js';

/** An example that a model has wrong. */
export interface Mistake {
  /** Its place in the split, from 0. */
  readonly example: number;
  readonly text: string;
  readonly truth: string | readonly string[];
  readonly answer: Answer;
}

/**
 * The mistakes that a model is most sure of, the surest first; of equally sure ones in the order of the split. The split is
 * read again for their texts, unless no mistake is asked for.
 *
 * @param answers of all of the split's examples
 * @param options.count most that are wanted
 */
export async function mistakesOf(
  answers: Answers,
  { task, split, count }: { task: Task; split: Split; count: number },
): Promise<Mistake[]> {
  if (count === 0) return [];
  const { outputs, targets } = answers;
  const { columns } = task;
  const answerOf = (example: number) =>
    task.answer(outputs.subarray(example * columns, (example + 1) * columns));
  const wrong: { example: number; probability: number }[] = [];
  task.correct(answers).forEach((isRight, example) => {
    if (!isRight) wrong.push({ example, probability: answerOf(example).probability });
  });
  const chosen = wrong.sort((one, other) => other.probability - one.probability).slice(0, count);
  const texts = await readTexts(
    split,
    chosen.map(({ example }) => example),
  );
  return chosen.map(({ example }) => ({
    ...{ example, text: texts.get(example) ?? '' },
    ...{ truth: task.truth(targetsOfExample(targets, example)), answer: answerOf(example) },
  }));
}

/** A mistake as plain JSON: `{ example, text, truth, label, probability, probabilities }`. */
export function mistakeRecord({ example, text, truth, answer }: Mistake): Record<string, unknown> {
  return { example, text, truth, ...answer.record };
}
