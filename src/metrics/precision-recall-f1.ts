import type { LabelCounts } from './label-counts.js';

export interface PrecisionRecallF1 {
  /** Of what was predicted, the share that is true; 0 when nothing was predicted. */
  readonly precision: number;
  /** Of what is true, the share that was predicted; 0 when nothing is true. */
  readonly recall: number;
  /** Harmonic mean of the two; 0 when both are 0. */
  readonly f1: number;
}

/** How well one label is found. */
export interface LabelScores extends PrecisionRecallF1 {
  /** Rows that have the label. */
  readonly support: number;
}

/** A quotient without a denominator is 0, as in scikit-learn's `zero_division=0`. */
export function precisionRecallF1({ hits, predicted, support }: LabelCounts): PrecisionRecallF1 {
  return {
    precision: share(hits, predicted),
    recall: share(hits, support),
    f1: share(2 * hits, predicted + support),
  };
}

/** Precision, recall and F1 of each label, with its support. */
export function labelScores(counts: readonly LabelCounts[]): LabelScores[] {
  return counts.map((label) => ({ ...precisionRecallF1(label), support: label.support }));
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
