import { engine, getBackend, getKernel, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';

/** Whether the current backend has a kernel beyond TF.js' own; see `fusedKernels`. */
export function hasKernel(name: string): boolean {
  return getKernel(name, getBackend()) !== undefined;
}

/** Runs a kernel of the current backend that makes several tensors; inputs that are undefined are left out. */
export function runKernel(
  name: string,
  inputs: Readonly<Record<string, Tensor | undefined>>,
  attributes: NamedAttrMap = {},
): Tensor[] {
  const given = Object.entries(inputs).filter((entry): entry is [string, Tensor] => entry[1] !== undefined);
  const results = engine().runKernel(name, Object.fromEntries(given), attributes) as Tensor | Tensor[];
  return Array.isArray(results) ? results : [results];
}
