import type { FusedCell, RecurrentAttributes, RecurrentInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import { type CudnnCell, cudnnCells } from './cudnn-params.js';
import { recurrentSizes } from './recurrent-inputs.js';

/** What cuDNN is to compute. */
export interface CudnnPlan {
  readonly cell: CudnnCell;
  /** [B]: tokens of each row, at least 1. */
  readonly lengths: Int32Array;
  readonly isPadded: boolean;
}

/**
 * Plans a call of cuDNN.
 *
 * @returns undefined where cuDNN does not do this: without a GPU, for a GRU whose reset gate acts before the product, with
 *   recurrent dropout, and with a mask that is more than padding on the right or leaves a row empty. These go step by step.
 */
export function cudnnPlan(
  inputs: RecurrentInputs,
  attributes: RecurrentAttributes,
  backend: NativeBackend,
): CudnnPlan | undefined {
  const cell: CudnnCell | undefined = cudnnCells[attributes.cell as FusedCell];
  if (!backend.isUsingGpuDevice || !cell || inputs.recurrentMask) return undefined;
  const lengths = rightPaddedLengths(inputs, backend);
  const { time } = recurrentSizes(inputs);
  return lengths && { cell, lengths, isPadded: lengths.some((length) => length < time) };
}

function rightPaddedLengths(inputs: RecurrentInputs, backend: NativeBackend): Int32Array | undefined {
  const { batch, time } = recurrentSizes(inputs);
  if (!inputs.mask) return new Int32Array(batch).fill(time);
  const mask = backend.readSync!(inputs.mask.dataId) as ArrayLike<number>;
  const lengths = new Int32Array(batch);
  for (let row = 0; row < batch; row++) {
    let length = 0;
    while (length < time && mask[row * time + length]) length += 1;
    for (let t = length; t < time; t++) if (mask[row * time + t]) return undefined;
    if (length === 0) return undefined;
    lengths[row] = length;
  }
  return lengths;
}

/** [T, B, 1] of 1 for padding and 0 for tokens. */
export function paddingOfLengths({ lengths }: CudnnPlan, time: number): Float32Array {
  const batch = lengths.length;
  return Float32Array.from({ length: time * batch }, (_, i) =>
    Number(Math.floor(i / batch) >= lengths[i % batch]),
  );
}
