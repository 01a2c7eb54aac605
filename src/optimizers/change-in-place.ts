import {
  engine,
  getBackend,
  getKernel,
  type NamedAttrMap,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { makeUnshared } from './make-unshared.js';

/**
 * Lets a kernel beyond TF.js' own change variables in place, where the backend has it. It makes no tensors, so there is
 * nothing for TF.js' engine to keep track of.
 *
 * @param name one of `fusedKernels`
 * @param options `changed`, `read`: the kernel's inputs by their names; `attributes`: its numbers
 * @returns whether the backend has the kernel; nothing has happened where it has not
 */
export function changeInPlace(
  name: string,
  options: {
    readonly changed: Readonly<Record<string, Variable>>;
    readonly read?: Readonly<Record<string, Tensor>>;
    readonly attributes: NamedAttrMap;
  },
): boolean {
  const kernel = getKernel(name, getBackend())?.kernelFunc;
  if (!kernel) return false;
  const { changed, read, attributes } = options;
  for (const target of Object.values(changed)) makeUnshared(target);
  kernel({ inputs: { ...changed, ...read }, backend: engine().backend, attrs: attributes });
  return true;
}
