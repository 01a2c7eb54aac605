import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.momentum`: one step of descent with momentum, in place on parameter and velocity. */
export function momentum(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { parameter, velocity, gradient } = call.inputs as Record<string, TensorInfo>;
  const { rate, momentum, nesterov } = call.attrs as { rate: number; momentum: number; nesterov: boolean };
  for (const tensor of [velocity, gradient]) {
    util.assertShapesMatch(tensor.shape, parameter.shape, `${fusedKernels.momentum}: `);
  }
  for (const changed of [parameter, velocity]) backend.markChanged(changed);
  const count = util.sizeFromShape(parameter.shape);
  const { runtime } = backend;
  runtime.run('momentumStep', runtime.threadsFor(count), [
    ...[parameter, velocity, gradient].map((tensor) => backend.address(tensor)),
    ...[count, rate, momentum, Number(nesterov)],
  ]);
  return [];
}
