import {
  abs,
  add,
  customGrad,
  engine,
  exp,
  getBackend,
  getKernel,
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

/**
 * Mean binary cross-entropy of logits [batch, 1] and labels [batch, 1] of 0 and 1:
 *   max(x, 0) - x y + log(1 + e^-|x|)
 * From logits, as Keras computes it too when the probabilities come out of a sigmoid layer: nothing saturates.
 * Differentiable by the logits, not by the labels.
 */
export function binaryCrossentropy(labels: Tensor, logits: Tensor): Scalar {
  const fused = getKernel(fusedKernels.binaryCrossentropy, getBackend()) !== undefined;
  const operation = customGrad((x, save) => {
    const [loss, gradient] = (fused ? fusedBinary : composedBinary)(x as Tensor, labels);
    (save as unknown as (tensors: Tensor[]) => void)([gradient]);
    return { value: loss, gradFunc: (scale: Tensor, [saved]: Tensor[]) => mul(saved, scale) };
  });
  return operation(logits) as Scalar;
}

/** @returns [mean loss, its gradient by the logits] */
function fusedBinary(logits: Tensor, labels: Tensor): Tensor[] {
  return engine().runKernel(fusedKernels.binaryCrossentropy, { logits, labels }) as unknown as Tensor[];
}

function composedBinary(logits: Tensor, labels: Tensor): Tensor[] {
  const losses = add(sub(maximum(logits, 0), mul(logits, labels)), log1p(exp(neg(abs(logits)))));
  return [mean(losses), mul(sub(sigmoid(logits), labels), 1 / logits.size)];
}

/** Mean cross-entropy of logits [batch, labels] and int32 labels [batch], from logits. */
export function sparseCategoricalCrossentropy(labels: Tensor1D, logits: Tensor): Scalar {
  const chosen = mul(logSoftmax(logits), oneHot(labels, logits.shape[1]!));
  return neg(mean(sum(chosen, 1))) as Scalar;
}
