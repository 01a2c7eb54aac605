import type { SplitName } from '../datasets/split.js';

/** Name of the file of a run folder that keeps what the model said of a split's examples. */
export function predictionsName(split: SplitName): string {
  return `evaluation-${split}.bin`;
}

/** Whether a file is one of those: a copy of what can be computed again, for which run.json does not vouch. */
export function isPredictionsName(name: string): boolean {
  return /^evaluation-[a-z]+\.bin$/.test(name);
}
