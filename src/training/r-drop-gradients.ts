import { add, mul, type Scalar, scalar } from '@tensorflow/tfjs-core';
import type { Figures } from '../tasks/figure.js';
import { symmetricDivergence } from '../tasks/symmetric-divergence.js';
import type { ChosenTargets, Task } from '../tasks/task.js';
import type { BatchGradients, BatchPass } from './batch-pass.js';

/** Settings of R-Drop. */
export interface RDrop {
  /** Factor of the divergence between two passes. */
  readonly weight: number;
}

/**
 * R-Drop (Liang et al. 2021, "R-Drop: Regularized Dropout for Neural Networks", arXiv 2106.14448, equation 4): each example
 * goes through the model twice, with other masks, and the two answers are to be alike. The gradients of
 *   (loss of one + loss of the other) / 2 + weight * (KL(one || other) + KL(other || one)) / 2
 * where the paper has the sum of the losses: with their mean a learning rate means what it means without R-Drop.
 *
 * @returns the mean loss of both passes, and the counts of the first
 */
export function rDropGradients(
  pass: BatchPass,
  { weight }: RDrop,
  { task, chosen }: { task: Task; chosen: ChosenTargets },
): BatchGradients {
  let counts: Figures = {};
  let loss = 0;
  const { gradients } = pass.differentiate((): Scalar => {
    const [one, other] = [pass.logits(), pass.logits()];
    counts = pass.count(one);
    const mean = mul<Scalar>(add(pass.loss(one), pass.loss(other)), 0.5);
    [loss] = mean.dataSync();
    const divergence = symmetricDivergence(one, other, { task, chosen });
    return add(mean, mul(divergence, weight));
  });
  return { loss: scalar(loss), counts, gradients };
}
