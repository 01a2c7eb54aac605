import type { Tensor } from '@tensorflow/tfjs-core';

/** The one input of a layer, which TF.js passes as it is or in a list. */
export function singleTensor(inputs: Tensor | Tensor[]): Tensor {
  return Array.isArray(inputs) ? inputs[0] : inputs;
}

/** The mask of a layer's one input, as `computeMask` gets it; undefined where there is none. */
export function singleMask(mask: Tensor | Tensor[] | null | undefined): Tensor | undefined {
  return (Array.isArray(mask) ? mask[0] : mask) ?? undefined;
}
