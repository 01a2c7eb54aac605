import { addN, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { clipped, scaled, sumOfSquares } from './scaled.js';

/** How gradients are kept small: all together, or each element. */
export type Clipping = { readonly norm: number } | { readonly value: number };

/**
 * Gradients that are not too large (Pascanu, Mikolov & Bengio 2013). By `norm`, Keras' `global_clipnorm`: where the norm of
 * all of them as one vector is above the limit, all are scaled down to it; a norm that is not a number makes all of them NaN.
 * By `value`, Keras' `clipvalue`: each element is put between -value and value. Call it inside of `tidy`.
 *
 * An embedding's gradient counts as it moves the table, the rows of a word that comes several times added up; Keras on
 * TensorFlow squares each of them alone.
 *
 * @returns new tensors, or those that were given where nothing is above the limit; by `norm` the norm before, too
 */
export function clipGradients(
  gradients: NamedTensorMap,
  clipping: Clipping,
): { readonly gradients: NamedTensorMap; readonly norm?: number } {
  if ('value' in clipping) return { gradients: mapped(gradients, (each) => clipped(each, clipping.value)) };
  const norm = globalNorm(gradients);
  if (norm <= clipping.norm) return { gradients, norm };
  const factor = Number.isFinite(norm) ? clipping.norm / norm : Number.NaN;
  return { gradients: mapped(gradients, (each) => scaled(each, factor)), norm };
}

/** The Euclidean norm of all elements of some tensors. Call it inside of `tidy`. */
function globalNorm(tensors: NamedTensorMap): number {
  return Math.sqrt(addN(Object.values(tensors).map(sumOfSquares)).dataSync()[0]);
}

function mapped(tensors: NamedTensorMap, change: (tensor: NamedTensorMap[string]) => NamedTensorMap[string]) {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor)]));
}
