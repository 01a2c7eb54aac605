import { readFileSync } from 'node:fs';
import type { AverageScores } from '../../src/metrics/average-scores.js';
import type { LabelScores } from '../../src/metrics/precision-recall-f1.js';
import type { ReliabilityBin } from '../../src/metrics/reliability-table.js';
import type { SampleScores } from '../../src/metrics/sample-scores.js';

interface Scores {
  readonly labels: LabelScores[];
  readonly averages: AverageScores;
}

/** Of each label and averaged; `null` where it is not defined. */
interface Averaged {
  readonly labels: (number | null)[];
  readonly micro: number | null;
  readonly macro: number | null;
  readonly weighted: number | null;
}

interface Reliability {
  readonly table: ReliabilityBin[];
  readonly error: number;
}

export interface OneOfMany {
  readonly name: string;
  readonly columns: number;
  /** `[rows]` */
  readonly labels: number[];
  /** `[rows, columns]` */
  readonly probabilities: number[];
  readonly confusion: number[][];
  readonly scores: Scores;
  readonly balancedAccuracy: number;
  readonly matthewsCorrelation: number;
  readonly cohensKappa: number | null;
  readonly logLoss: number;
  readonly brierScore: number;
  readonly rocAuc: Averaged;
  readonly averagePrecision: Averaged;
  /** By k. */
  readonly topKAccuracy: Record<string, number>;
  readonly reliability: { readonly equalWidth: Reliability; readonly equalMass: Reliability };
}

export interface SeveralAtOnce {
  readonly name: string;
  readonly labelCount: number;
  /** `[rows, labels]`, as are `scores` and `predicted` */
  readonly targets: number[];
  readonly scores: number[];
  readonly predicted: number[];
  readonly subsetAccuracy: number;
  readonly hammingLoss: number;
  readonly prf: Scores;
  readonly samples: SampleScores;
  readonly coverageError: number;
  readonly labelRankingAveragePrecision: number;
  readonly labelRankingLoss: number;
  readonly rocAuc: Averaged;
  readonly averagePrecision: Averaged;
  readonly binaryCrossEntropy: number;
}

export interface Temperature {
  readonly name: string;
  /** `[rows, columns]` */
  readonly logits: number[];
  /** `[rows]` */
  readonly labels: number[];
  readonly temperature: number;
  readonly lossBefore: number;
  readonly lossAfter: number;
}

/** Made by scripts/golden/classification_metrics.py. */
export const classificationMetrics = JSON.parse(
  readFileSync(new URL('classification-metrics.json', import.meta.url), 'utf8'),
) as {
  readonly oneOfMany: OneOfMany[];
  readonly severalAtOnce: SeveralAtOnce[];
  readonly temperatures: Temperature[];
  readonly severalTemperatures: {
    readonly labelCount: number;
    /** `[rows, labels]`, as are `targets` */
    readonly logits: number[];
    readonly targets: number[];
    readonly together: number;
    readonly labels: number[];
  };
};
