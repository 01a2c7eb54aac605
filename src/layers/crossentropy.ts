import {
  abs,
  add,
  customGrad,
  exp,
  log1p,
  logSoftmax,
  maximum,
  mean,
  mul,
  neg,
  oneHot,
  type Scalar,
  sigmoid,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { hasKernel, runKernel } from './fused-kernel.js';

/**
 * Mean binary cross-entropy of logits and labels of one shape, labels from 0 to 1:
 *   w (max(x, 0) - x y + log(1 + e^-|x|))
 * From logits, as Keras computes it too when the probabilities come out of a sigmoid layer: nothing saturates.
 * Differentiable by the logits, not by the labels or weights.
 *
 * @param options.weights w, of the same shape; default: 1. The sum is divided by the number of logits whatever the weights,
 *   which is Keras' `sum_over_batch_size`
 */
export function binaryCrossentropy(
  labels: Tensor,
  logits: Tensor,
  { weights }: { weights?: Tensor } = {},
): Scalar {
  const compute = hasKernel(fusedKernels.binaryCrossentropy) ? fusedBinary : composedBinary;
  const operation = customGrad((x, save) => {
    const [loss, gradient] = compute({ logits: x as Tensor, labels, weights });
    (save as unknown as (tensors: Tensor[]) => void)([gradient]);
    return { value: loss, gradFunc: (scale: Tensor, [saved]: Tensor[]) => mul(saved, scale) };
  });
  return operation(logits) as Scalar;
}

interface BinaryInputs {
  logits: Tensor;
  labels: Tensor;
  weights?: Tensor;
}

/** @returns [mean loss, its gradient by the logits] */
function fusedBinary(inputs: BinaryInputs): Tensor[] {
  return runKernel(fusedKernels.binaryCrossentropy, { ...inputs });
}

function composedBinary({ logits, labels, weights }: BinaryInputs): Tensor[] {
  const weighted = (values: Tensor) => (weights ? mul(values, weights) : values);
  const losses = add(sub(maximum(logits, 0), mul(logits, labels)), log1p(exp(neg(abs(logits)))));
  return [mean(weighted(losses)), mul(weighted(sub(sigmoid(logits), labels)), 1 / logits.size)];
}

/**
 * Mean cross-entropy of logits [batch, labels] and int32 labels [batch], from logits.
 *
 * @param options.weights `[batch]`: factor of each row's loss; default: 1. The sum is divided by the number of rows whatever
 *   the weights, which is Keras' `sum_over_batch_size`
 * @param options.smoothing share s that the true label gives away, evenly to all: its target is 1 - s + s / labels, the
 *   others' s / labels (Keras' `label_smoothing`); default: 0
 */
export function sparseCategoricalCrossentropy(
  labels: Tensor1D,
  logits: Tensor,
  { weights, smoothing = 0 }: { weights?: Tensor1D; smoothing?: number } = {},
): Scalar {
  const count = logits.shape[1]!;
  const whole = oneHot(labels, count);
  const targets = smoothing === 0 ? whole : add(mul(whole, 1 - smoothing), smoothing / count);
  const chosen = sum(mul(logSoftmax(logits), targets), 1);
  return neg(mean(weights ? mul(chosen, weights) : chosen)) as Scalar;
}
