import {
  mean,
  mul,
  type Scalar,
  sigmoid,
  softmax,
  sub,
  sum,
  type Tensor,
  tensor2d,
} from '@tensorflow/tfjs-core';
import type { ChosenTargets, Task } from './task.js';

/**
 * How far two answers of a model to the same examples are apart: the mean over the rows of (KL(p || q) + KL(q || p)) / 2, in
 * nats; of several labels at once the mean over the labels, too, as in their loss. From logits a and b nothing saturates: the sum
 * of both divergences is the sum over the columns of (p - q)(a - b), for a softmax and for a sigmoid alike, since what
 * normalizes the logarithms falls out.
 *
 * @param one, other logits [rows, columns]; differentiable by both
 * @param options whose outputs these are, and the weights of the examples, which count here as in the loss
 */
export function symmetricDivergence(
  one: Tensor,
  other: Tensor,
  { task, chosen }: { task: Pick<Task, 'columns' | 'exclusive'>; chosen: ChosenTargets },
): Scalar {
  const { weights, examples } = chosen;
  const isSoftmax = task.exclusive && task.columns > 1;
  const probabilities = isSoftmax ? (logits: Tensor) => softmax(logits) : (logits: Tensor) => sigmoid(logits);
  const products = mul(sub(probabilities(one), probabilities(other)), sub(one, other));
  const rows = isSoftmax ? sum(products, 1, true) : mean(products, 1, true);
  if (!weights) return mul<Scalar>(mean(rows), 0.5);
  const factors = Float32Array.from(examples, (example) => weights[example]);
  return mul<Scalar>(mean(mul(rows, tensor2d(factors, [factors.length, 1]))), 0.5);
}
