import { add, engine, tidy, type Variable } from '@tensorflow/tfjs-core';

/**
 * Makes sure that a variable may be changed in place. Tensors are immutable to everyone else: values that a clone or a
 * reshape shares are copied before they change.
 */
export function makeUnshared(target: Variable): void {
  if (engine().backend.refCount(target.dataId) === 1) return;
  tidy(() => {
    target.assign(add(target, 0) as Variable);
  });
}
