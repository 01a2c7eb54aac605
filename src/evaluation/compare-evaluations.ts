import type { Evaluation, Figure } from '../tasks/figure.js';

/** A figure of two models on the same examples. */
export interface ComparedFigure extends Pick<Figure, 'name' | 'title' | 'form'> {
  readonly before: number | null;
  readonly after: number | null;
  /** `after - before`; null where one of them has no meaning. */
  readonly difference: number | null;
}

/** The recall of a label by two models. */
export interface ComparedRecall extends Omit<ComparedFigure, keyof Pick<Figure, 'name' | 'title' | 'form'>> {
  readonly label: string;
  /** Examples that have it. */
  readonly examples: number;
}

export interface ComparedEvaluations {
  readonly examples: number;
  readonly figures: readonly ComparedFigure[];
  /** Of each label that an example has. */
  readonly recalls: readonly ComparedRecall[];
}

type LabelFigures = Readonly<Record<string, number | null>>;

/**
 * The main figures of two evaluations of the same examples, and the recall of each label. Means over the labels are over those
 * that an example has: a label that only one of the models knows changes none of them by being known.
 */
export function compareEvaluations(before: Evaluation, after: Evaluation): ComparedEvaluations {
  const [formerLabels, labels] = [before, after].map(labelsOf);
  const figures = after.figures
    .filter(({ main }) => main)
    .map(({ name, title, form }) => ({
      ...{ name, title, form },
      ...between(figureIn(before, name), figureIn(after, name)),
    }));
  const recalls = Object.entries(labels)
    .filter(([, { support }]) => support !== null && support > 0)
    .map(([label, { recall, support }]) => ({
      ...{ label, examples: support as number },
      ...between(Object.hasOwn(formerLabels, label) ? formerLabels[label].recall : null, recall),
    }));
  return { examples: after.examples, figures, recalls };
}

function labelsOf({ details }: Evaluation): Readonly<Record<string, LabelFigures>> {
  return details.perClass as Readonly<Record<string, LabelFigures>>;
}

function figureIn(evaluation: Evaluation, name: string): number | null {
  const ofLabels = Object.values(labelsOf(evaluation)).filter(({ support }) => (support ?? 0) > 0);
  if (!ofLabels.some((label) => Object.hasOwn(label, name))) {
    return evaluation.figures.find((figure) => figure.name === name)?.value ?? null;
  }
  const values = ofLabels.map((label) => label[name]).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function between(before: number | null, after: number | null) {
  return { before, after, difference: before === null || after === null ? null : after - before };
}
