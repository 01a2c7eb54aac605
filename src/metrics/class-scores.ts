/** How well one label is found. */
export interface ClassScores {
  /** Of the rows predicted as this label, the share that has it; 0 when none was predicted. */
  readonly precision: number;
  /** Of the rows that have this label, the share predicted as it; 0 when none has it. */
  readonly recall: number;
  /** Harmonic mean of the two; 0 when both are 0. */
  readonly f1: number;
  /** Rows that have this label. */
  readonly support: number;
}

/**
 * Precision, recall and F1 of each label. A quotient without a denominator is 0, as in scikit-learn's
 * `zero_division=0`.
 *
 * @param confusion counts `[labels, labels]`: the row is the true label, the column the predicted one
 */
export function classScores(confusion: readonly (readonly number[])[]): ClassScores[] {
  return confusion.map((row, label) => {
    const hits = row[label];
    const support = sum(row);
    const predicted = sum(confusion.map((other) => other[label]));
    return {
      precision: share(hits, predicted),
      recall: share(hits, support),
      f1: share(2 * hits, predicted + support),
      support,
    };
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
