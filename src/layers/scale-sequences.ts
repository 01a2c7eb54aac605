import {
  customGrad,
  expandDims,
  mul,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { hasKernel, runKernel } from './fused-kernel.js';

/**
 * Sequences times one factor for each feature of a row, the same at every time step.
 *
 * @param x [batch, time, features]
 * @param scale [batch, features]; not differentiable by it
 * @returns [batch, time, features]
 */
export function scaleSequences(x: Tensor3D, scale: Tensor2D): Tensor3D {
  if (!hasKernel(fusedKernels.scaleSequences)) return mul(x, expandDims(scale, 1)) as Tensor3D;
  const scaled = (values: Tensor, factors: Tensor) =>
    runKernel(fusedKernels.scaleSequences, { x: values, scale: factors })[0];
  const operation = customGrad((values, save) => {
    (save as unknown as (tensors: Tensor[]) => void)([scale]);
    return {
      value: scaled(values as Tensor, scale),
      gradFunc: (gradient: Tensor, [factors]: Tensor[]) => scaled(gradient, factors),
    };
  });
  return operation(x) as Tensor3D;
}
