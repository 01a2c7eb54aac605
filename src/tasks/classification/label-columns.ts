import type { HeadWeights } from '../head-weights.js';

/**
 * How labels become columns of a model's output: two labels are one column, the probability of label 1 by a sigmoid; more
 * labels have a column each, by a softmax. No other file knows that.
 */
export interface LabelColumns {
  readonly columns: number;
  readonly activation: 'sigmoid' | 'softmax';
}

export function labelColumns(labelCount: number): LabelColumns {
  return labelCount === 2
    ? { columns: 1, activation: 'sigmoid' }
    : { columns: labelCount, activation: 'softmax' };
}

/**
 * Probabilities of every label, row-major `[rows, labels]`, from what the model gives.
 *
 * @param outputs row-major `[rows, columns]`; a column for each label is taken as it is, whatever their number
 */
export function labelProbabilities(
  outputs: ArrayLike<number>,
  { rows, labelCount }: { rows: number; labelCount: number },
): Float64Array {
  if (outputs.length !== rows * labelColumns(labelCount).columns) {
    if (outputs.length === rows * labelCount) return Float64Array.from(outputs);
    throw new RangeError(
      `${outputs.length} outputs do not make ${rows} rows of ${labelColumns(labelCount).columns}`,
    );
  }
  if (labelCount !== 2) return Float64Array.from(outputs);
  const probabilities = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    probabilities[2 * row] = 1 - outputs[row];
    probabilities[2 * row + 1] = outputs[row];
  }
  return probabilities;
}

/** The most probable label of logits `[columns]`, the first of equal ones. */
export function bestLabel(logits: ArrayLike<number>, labelCount: number): number {
  if (labelCount === 2) return logits[0] > 0 ? 1 : 0;
  let best = 0;
  for (let column = 1; column < labelCount; column++) if (logits[column] > logits[best]) best = column;
  return best;
}

/** Whether a column answers for a label: the one column of two labels does for label 1. */
export function isOfColumn(label: number, column: number, labelCount: number): boolean {
  return labelCount === 2 ? label === 1 : label === column;
}

/**
 * A last layer with a column for each label, whose softmax gives what the columns of {@link labelColumns} give: of two labels
 * each has half of the logit, with its sign, which keeps the odds.
 */
export function columnsByLabel(head: HeadWeights, labelCount: number): HeadWeights {
  if (labelCount !== 2) return head;
  const halves = (values: Float32Array) =>
    Float32Array.from(
      { length: 2 * values.length },
      (_, place) => (place % 2 === 0 ? -0.5 : 0.5) * values[place >> 1],
    );
  return { kernel: halves(head.kernel), bias: halves(head.bias) };
}

/** What {@link columnsByLabel} gave, or columns that were added to it, as {@link labelColumns} has them. */
export function columnsOfLabels(byLabel: HeadWeights, labelCount: number): HeadWeights {
  if (labelCount !== 2) return byLabel;
  const differences = (values: Float32Array) =>
    Float32Array.from({ length: values.length / 2 }, (_, row) => values[2 * row + 1] - values[2 * row]);
  return { kernel: differences(byLabel.kernel), bias: differences(byLabel.bias) };
}
