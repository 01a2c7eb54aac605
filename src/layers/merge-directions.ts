import {
  add,
  cast,
  concat,
  customGrad,
  expandDims,
  mul,
  reverse,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { fusedKernels, type MergeAttributes, type MergeMode } from '../backends/fused-kernels.js';
import { hasKernel, runKernel } from './fused-kernel.js';

export interface MergeOptions {
  mode: MergeMode;
  /** [batch, time]: where it is 0, the result is 0. */
  mask?: Tensor;
  /** Whether `forward` and the result stand in the reverse order of time; the mask never does. Default: false. */
  maskReversed?: boolean;
}

/**
 * Puts the outputs of two directions together, so that both parts of a step belong to the same token.
 *
 * @param forward [batch, time, units]
 * @param backward [batch, time, units] in the order of computing, its last step first
 * @returns [batch, time, 2 * units] where the mode is `concat`, else [batch, time, units]
 */
export function mergeDirections(forward: Tensor, backward: Tensor, options: MergeOptions): Tensor3D {
  const { mode, mask, maskReversed = false } = options;
  if (!hasKernel(fusedKernels.mergeDirections)) return composedMerge(forward, backward, options);
  const attributes: MergeAttributes = { mode, maskReversed };
  const operation = customGrad((one, other, save) => {
    const inputs = { forward: one as Tensor, backward: other as Tensor, mask };
    const [value] = runKernel(fusedKernels.mergeDirections, inputs, attributes);
    const kept = [one as Tensor, other as Tensor, ...(mask ? [mask] : [])];
    (save as unknown as (tensors: Tensor[]) => void)(kept);
    const gradFunc = (gradient: Tensor, [savedForward, savedBackward, savedMask]: Tensor[]) =>
      runKernel(
        fusedKernels.mergeDirectionsGradient,
        { gradient, forward: savedForward, backward: savedBackward, mask: savedMask },
        attributes,
      );
    return { value, gradFunc };
  });
  return operation(forward, backward) as Tensor3D;
}

function composedMerge(forward: Tensor, backward: Tensor, options: MergeOptions): Tensor3D {
  const { mode, mask, maskReversed } = options;
  const turned = reverse(backward, 1);
  const merged = mergeFunctions[mode](forward, turned) as Tensor3D;
  if (!mask) return merged;
  const kept = expandDims(cast(mask, 'float32'), 2);
  return mul(merged, maskReversed ? reverse(kept, 1) : kept) as Tensor3D;
}

const mergeFunctions: Record<MergeMode, (one: Tensor, other: Tensor) => Tensor> = {
  concat: (one, other) => concat([one, other], 2),
  sum: (one, other) => add(one, other),
  ave: (one, other) => mul(add(one, other), 0.5),
  mul: (one, other) => mul(one, other),
};
