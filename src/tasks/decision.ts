import { UserError } from '../errors/user-error.js';
import type { ThresholdDemand } from '../metrics/choose-threshold.js';

/** What is chosen on held-out examples after the training. */
export interface DecisionSettings {
  /** What each threshold is to reach; `none`: labels are answered from a probability of one half on. */
  readonly threshold: 'none' | ThresholdDemand;
  /** Whether the probabilities are made to say how often the model is right. */
  readonly calibrate: boolean;
}

/** How answers are made of a model's outputs, chosen on held-out examples after its training; plain JSON. */
export interface Decision {
  /** Held-out examples that it was chosen on; 0 where none were held out, so that nothing could be chosen. */
  readonly examples: number;
  /** What logits are divided by: one for each sigmoid, or one for a softmax; `null` where none could be fitted. */
  readonly temperatures?: readonly (number | null)[];
  /** Of each sigmoid: the least probability with which its label is answered; `null` where none could be chosen. */
  readonly thresholds?: readonly (number | null)[];
  /** What the thresholds were chosen for; absent where somebody set them. */
  readonly thresholdFor?: ThresholdDemand;
}

/** The same decision with one threshold for all sigmoids, instead of those that were chosen. */
export function withThreshold(
  decision: Decision | undefined,
  { threshold, columns }: { threshold: number; columns: number },
): Decision {
  const { thresholdFor: _chosen, ...rest } = decision ?? { examples: 0 };
  return { ...rest, thresholds: new Array<number>(columns).fill(threshold) };
}

/** @throws UserError when the task has no thresholds that could be chosen or set */
export function checkThresholds({
  thresholdLabels,
  labels,
}: {
  thresholdLabels: readonly number[];
  labels: readonly string[];
}): void {
  if (thresholdLabels.length > 0) return;
  throw new UserError(
    `A threshold is for two labels, or for several at once; each text has one of ${labels.length} labels here.`,
    'Leave the threshold out: the most probable label is answered.',
  );
}

/** Whether a value of a JSON file is a decision. */
export function isDecision(value: unknown): value is Decision {
  if (typeof value !== 'object' || value === null) return false;
  const { examples, temperatures, thresholds } = value as Partial<Record<keyof Decision, unknown>>;
  return (
    Number.isInteger(examples) &&
    isListOf(temperatures, (temperature) => temperature > 0) &&
    isListOf(thresholds, (threshold) => threshold >= 0 && threshold <= 1)
  );
}

function isListOf(value: unknown, allows: (entry: number) => boolean): boolean {
  if (value === undefined) return true;
  return (
    Array.isArray(value) &&
    value.every((entry) => entry === null || (Number.isFinite(entry) && allows(entry as number)))
  );
}
