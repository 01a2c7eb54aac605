import { type Tensor, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';

/**
 * Which windows of a convolution without padding count: those that lie on tokens as a whole, so that padding changes
 * nothing. A row that is shorter than a window keeps the one that begins at its first token; a row without tokens keeps
 * none.
 *
 * @param mask [batch, time]
 * @param size steps of a window
 * @returns [batch, windows], bool
 */
export function windowMask(mask: Tensor, size: number): Tensor2D {
  const [batch, time] = mask.shape as [number, number];
  const windows = Math.max(time, size) - size + 1;
  const kept = mask.dataSync();
  const result = new Uint8Array(batch * windows);
  for (let row = 0; row < batch; row++) {
    let first = -1;
    let run = 0;
    let whole = false;
    for (let t = 0; t < time; t++) {
      run = kept[row * time + t] ? run + 1 : 0;
      if (run > 0 && first < 0) first = t;
      if (run < size) continue;
      result[row * windows + t - size + 1] = 1;
      whole = true;
    }
    if (!whole && first >= 0) result[row * windows + Math.min(first, windows - 1)] = 1;
  }
  return tensor2d(result, [batch, windows], 'bool');
}
