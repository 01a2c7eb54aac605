import type { GruInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import { gruSizes } from './gru-inputs.js';

/**
 * Lengths of a batch's rows, [B], for cuDNN: it computes rows that are padded on the right and have a token at least.
 *
 * @returns undefined where the mask is of another form; such batches are computed step by step
 */
export function cudnnLengths(inputs: GruInputs, backend: NativeBackend): Int32Array | undefined {
  const { batch, time } = gruSizes(inputs);
  if (batch === 0 || time === 0) return undefined;
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

/** [T, B, 1] of 1 for a token and 0 for padding. */
export function tokenMask(lengths: Int32Array, time: number): Float32Array {
  const batch = lengths.length;
  return Float32Array.from({ length: time * batch }, (_, i) =>
    Number(Math.floor(i / batch) < lengths[i % batch]),
  );
}
