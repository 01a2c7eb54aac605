import {
  add,
  any,
  cast,
  customGrad,
  div,
  exp,
  expandDims,
  matMul,
  max,
  mul,
  ones,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tanh,
  where,
} from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { hasKernel, runKernel } from './fused-kernel.js';

export interface AttentionWeights {
  /** W [features, units] */
  kernel: Tensor;
  /** b [units] */
  bias: Tensor;
  /** v [units, 1] */
  context: Tensor;
}

/**
 * The mean of the steps of each sequence, weighted by attention (Yang et al. 2016, "Hierarchical Attention Networks",
 * equations 5 to 7):
 *   u = tanh(x W + b), a = softmax over time of u v, output = sum over time of a x
 * Steps that the mask leaves out have no weight; a row of which nothing is left gives zeros.
 *
 * @param x [batch, time, features]
 * @param mask [batch, time], or undefined where every step counts
 * @returns [batch, features]
 */
export function attend(x: Tensor, weights: AttentionWeights, mask: Tensor | undefined): Tensor2D {
  if (!hasKernel(fusedKernels.attention)) return composedAttention(x, weights, mask);
  const operation = customGrad((...parameters) => {
    const [values, kernel, bias, context] = parameters as Tensor[];
    const save = parameters[4] as unknown as (tensors: Tensor[]) => void;
    const inputs = { x: values, kernel, bias, context, mask };
    const [value, stepWeights, hidden] = runKernel(fusedKernels.attention, inputs);
    save([values, kernel, context, stepWeights, hidden]);
    const gradFunc = (gradient: Tensor, saved: Tensor[]) => {
      const [savedX, savedKernel, savedContext, savedWeights, savedHidden] = saved;
      return runKernel(fusedKernels.attentionGradient, {
        ...{ gradient, x: savedX, kernel: savedKernel, context: savedContext },
        ...{ weights: savedWeights, hidden: savedHidden },
      });
    };
    return { value, gradFunc };
  });
  return operation(x, weights.kernel, weights.bias, weights.context) as Tensor2D;
}

function composedAttention(x: Tensor, weights: AttentionWeights, mask: Tensor | undefined): Tensor2D {
  const [batch, time, features] = x.shape as [number, number, number];
  const counts = mask ? cast(mask, 'float32') : ones([batch, time]);
  const flat = reshape(x, [batch * time, features]) as Tensor2D;
  const hidden = tanh(add(matMul(flat, weights.kernel as Tensor2D), weights.bias)) as Tensor2D;
  const scores = reshape(matMul(hidden, weights.context as Tensor2D), [batch, time]);
  const counted = where(cast(counts, 'bool'), scores, -1e9);
  const powers = mul(exp(sub(counted, max(counted, 1, true))), counts);
  const total = sum(powers, 1, true);
  // [batch, 1]: 1 for a row without any step that counts, whose powers are all 0.
  const none = sub(1, cast(any(cast(counts, 'bool'), 1, true), 'float32'));
  return sum(mul(x, expandDims(div(powers, add(total, none)), 2)), 1) as Tensor2D;
}
