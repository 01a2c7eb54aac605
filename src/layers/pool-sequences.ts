import {
  any,
  argMax,
  cast,
  concat,
  customGrad,
  div,
  equal,
  expandDims,
  max,
  maximum,
  mul,
  ones,
  range,
  reshape,
  sum,
  type Tensor,
  type Tensor2D,
  where,
} from '@tensorflow/tfjs-core';
import { fusedKernels, type PoolingParts } from '../backends/fused-kernels.js';
import { hasKernel, runKernel } from './fused-kernel.js';

export interface PoolingOptions {
  /** What a row becomes; `lastMaxMean` is all three side by side. */
  parts: PoolingParts;
  /** [batch, time]: where it is 0, the step does not count. */
  mask?: Tensor;
}

/**
 * One vector for each sequence: the mean of its steps, the maximum of each feature, or its last step, maximum and mean
 * side by side. Steps that the mask leaves out are not seen; a row of which nothing is left gives zeros. Of equal maxima
 * the first one gets the gradient.
 *
 * @param x [batch, time, features]
 * @returns [batch, features], or [batch, 3 * features] for `lastMaxMean`
 */
export function poolSequences(x: Tensor, options: PoolingOptions): Tensor2D {
  if (!hasKernel(fusedKernels.poolSequences)) return composedPooling(x, options);
  const { parts, mask } = options;
  const attributes = { parts, time: x.shape[1]! };
  const operation = customGrad((values, save) => {
    const [value, steps] = runKernel(fusedKernels.poolSequences, { x: values as Tensor, mask }, attributes);
    (save as unknown as (tensors: Tensor[]) => void)(mask ? [steps, mask] : [steps]);
    const gradFunc = (gradient: Tensor, [savedSteps, savedMask]: Tensor[]) =>
      runKernel(
        fusedKernels.poolSequencesGradient,
        { gradient, steps: savedSteps, mask: savedMask },
        attributes,
      )[0];
    return { value, gradFunc };
  });
  return operation(x) as Tensor2D;
}

function composedPooling(x: Tensor, { parts, mask }: PoolingOptions): Tensor2D {
  const [batch, time] = x.shape;
  // [batch, time]: 1 where a step counts.
  const counts = mask ? cast(mask, 'float32') : ones([batch, time!]);
  if (parts === 'mean') return meanOf(x, counts);
  if (parts === 'max') return maximumOf(x, counts);
  return concat([lastOf(x, counts), maximumOf(x, counts), meanOf(x, counts)], 1);
}

function meanOf(x: Tensor, counts: Tensor): Tensor2D {
  const total = sum(mul(x, expandDims(counts, 2)), 1);
  return div(total, maximum(sum(counts, 1, true), 1)) as Tensor2D;
}

function lastOf(x: Tensor, counts: Tensor): Tensor2D {
  const time = x.shape[1]!;
  const lasts = argMax(mul(counts, range(1, time + 1)), 1);
  const chosen = mul(cast(equal(expandDims(lasts, 1), stepsOf(time)), 'float32'), counts);
  return sum(mul(x, expandDims(chosen, 2)), 1) as Tensor2D;
}

function maximumOf(x: Tensor, counts: Tensor): Tensor2D {
  const time = x.shape[1]!;
  const operation = customGrad((values, save) => {
    // [batch, 1]: 0 where no step of a row counts.
    const some = cast(any(cast(counts, 'bool'), 1, true), 'float32');
    const counted = where(cast(expandDims(counts, 2), 'bool'), values as Tensor, -3e38);
    const steps = argMax(counted, 1);
    (save as unknown as (tensors: Tensor[]) => void)([some, steps]);
    const gradFunc = (gradient: Tensor, [savedSome, savedSteps]: Tensor[]) => {
      const steps = reshape(stepsOf(time), [1, time, 1]);
      const chosen = cast(equal(expandDims(savedSteps, 1), steps), 'float32');
      return mul(chosen, expandDims(mul(gradient, savedSome), 1)) as Tensor;
    };
    return { value: mul(max(counted, 1), some) as Tensor, gradFunc };
  });
  return operation(x) as Tensor2D;
}

function stepsOf(time: number): Tensor {
  return range(0, time, 1, 'int32');
}
