import type { Tensor } from '@tensorflow/tfjs-core';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';

/**
 * The mask of a layer's input [batch, time, ...], or undefined where there is none. TF.js leaves the mask of a former
 * layer in `kwargs` when a layer without masks of its own comes between; where that layer has changed the number of
 * steps, the mask is not this input's.
 */
export function inputMask(x: Tensor, kwargs: Kwargs | undefined): Tensor | undefined {
  const mask = kwargs?.mask as Tensor | null | undefined;
  const fits = mask && mask.shape[0] === x.shape[0] && mask.shape[1] === x.shape[1];
  return fits ? mask : undefined;
}
