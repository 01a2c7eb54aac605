import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import { type Evaluation, figureOf } from './figure.js';
import type { Task } from './task.js';

/**
 * The task, decided by another figure: validation reports it beside the others, and it chooses the weights that are kept.
 *
 * @param name of a figure of the task's evaluation, such as `rocAuc`; `auto`: the task's own choice
 * @throws UserError when its evaluation has no such figure
 */
export function monitor(task: Task, name: string): Task {
  if (name === 'auto' || name === task.deciding.name) return task;
  const known = evaluationOfNothing(task).figures;
  const figure = known.find((each) => each.name === name);
  if (!figure) throw unknownFigure(name, { task, known: known.map((each) => each.name) });
  const { title, form, lessIsBetter } = figure;
  const deciding = { name, title, form, ...(lessIsBetter && { lessIsBetter }) };
  if (task.reported.some((each) => each.name === name)) return { ...task, deciding };
  return {
    ...task,
    deciding,
    reported: [...task.reported, deciding],
    validate(answers) {
      const value = figureOf(task.evaluate(answers), name) ?? undefined;
      return { ...task.validate(answers), ...(value !== undefined && { [name]: value }) };
    },
  };
}

/** Of one example a label, each answered by chance: its figures have the names, forms and directions of any other. */
function evaluationOfNothing(task: Task): Evaluation {
  const values = Int32Array.from(task.labels, (_, label) => label);
  const offsets = task.exclusive
    ? undefined
    : Int32Array.from({ length: values.length + 1 }, (_, end) => end);
  const outputs = new Float32Array(values.length * task.columns).fill(1 / values.length);
  return task.evaluate({ outputs, targets: { values, ...(offsets && { offsets }) } });
}

function unknownFigure(name: string, { task, known }: { task: Task; known: readonly string[] }): UserError {
  const meant = nearest(name, known);
  return new UserError(
    `training.monitor is ${name}, but the task ${task.name} has no such figure.`,
    meant === undefined ? `Name one of ${known.join(', ')}.` : `Did you mean ${meant}?`,
  );
}
