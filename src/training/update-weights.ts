import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';
import { type Clipping, clipGradients } from '../optimizers/clip-gradients.js';
import { isKernel } from '../optimizers/kernel-names.js';
import { limitNorms } from '../optimizers/limit-norms.js';
import { plusScaled } from '../optimizers/scaled.js';

/** What an update does beside the optimizer; nothing by default. */
export interface UpdateSettings {
  /** A penalty of factor * w^2 for each weight, kernels or all, as part of the loss; the loss that is told is without it. */
  readonly l2?: { readonly factor: number; readonly weights: 'kernels' | 'all' };
  /** How large gradients may be, those of the penalty included. */
  readonly clip?: Clipping;
  /** How large the norm of a unit's incoming weights may be after the update; kernels only. */
  readonly maxNorm?: number;
}

interface Applying {
  applyGradients(gradients: NamedTensorMap): void;
}

/**
 * @param variables that are learnt
 * @returns a function that updates them by their gradients, and gives the gradients' norm where it clips by norm; call it inside
 *   of `tidy`
 */
export function updateWeights(
  variables: readonly Variable[],
  optimizer: Applying,
  settings: UpdateSettings = {},
): (gradients: NamedTensorMap) => number | undefined {
  const { l2, clip, maxNorm } = settings;
  const kernels = variables.filter(isKernel);
  const penalized = l2?.weights === 'all' ? variables : l2 ? kernels : [];
  return (ofLoss) => {
    const ofPenalty = penalized.map(({ name }, i) => [
      name,
      plusScaled(ofLoss[name], penalized[i], 2 * l2!.factor),
    ]);
    const whole: NamedTensorMap = { ...ofLoss, ...Object.fromEntries(ofPenalty) };
    const { gradients, norm } = clip ? clipGradients(whole, clip) : { gradients: whole, norm: undefined };
    optimizer.applyGradients(gradients);
    if (maxNorm !== undefined) for (const kernel of kernels) limitNorms(kernel, maxNorm);
    return norm;
  };
}
