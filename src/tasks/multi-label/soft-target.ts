import { smoothedLabel } from '../smoothed-label.js';
import type { LossSettings } from '../task.js';

/** What one label of an example is trained towards, and how much it counts. */
export interface SoftTarget {
  readonly target: number;
  readonly factor: number;
}

/**
 * Smoothing, and the weight w of labels that an example has, as PyTorch's `pos_weight` counts them:
 *   -(w y ln p + (1 - y) ln(1 - p)), which is f times the cross-entropy of t, with f = w y + 1 - y and t = w y / f
 */
export function softTarget(
  label: number,
  hasIt: boolean,
  { smoothing = 0, positiveWeights }: LossSettings,
): SoftTarget {
  const smoothed = smoothedLabel(Number(hasIt), smoothing);
  const weight = positiveWeights?.[label] ?? 1;
  const factor = weight * smoothed + 1 - smoothed;
  return { target: (weight * smoothed) / factor, factor };
}
