import { readFileSync } from 'node:fs';
import type { IssueFilter } from '../../src/curation/find-label-issues.js';
import type { LabelQualityName } from '../../src/curation/label-quality.js';

export interface LabelIssuesCase {
  readonly name: string;
  readonly labelCount: number;
  readonly labels: number[];
  /** `[examples, labels]` */
  readonly probabilities: number[];
  readonly thresholds: number[];
  /** The confident joint, not calibrated. */
  readonly counts: number[][];
  readonly joint: number[][];
  readonly noiseMatrix: number[][];
  readonly inverseNoiseMatrix: number[][];
  readonly trueShares: number[];
  readonly wrongLabels: number;
  readonly quality: Record<LabelQualityName, number[]>;
  readonly issues: Record<IssueFilter, Record<LabelQualityName, number[]>>;
}

/** Made by scripts/golden/label_issues.py. */
export const { cases: labelIssues } = JSON.parse(
  readFileSync(new URL('../golden/label-issues.json', import.meta.url), 'utf8'),
) as { readonly cases: LabelIssuesCase[] };

/** What the functions of src/curation take. */
export function dataOf({ labels, probabilities, labelCount }: LabelIssuesCase) {
  return { labels: Int32Array.from(labels), probabilities: Float64Array.from(probabilities), labelCount };
}
