import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.adam`: one step of Adam, in place on parameter, m and v. */
export function adam(call: KernelCall): TensorInfo[] {
  return run('adam', call, fusedKernels.adam);
}

/** The kernel `fusedKernels.adamW`: the same, and `decay` of the parameter is taken away first. */
export function adamW(call: KernelCall): TensorInfo[] {
  return run('adamW', call, fusedKernels.adamW);
}

function run(kernel: 'adam' | 'adamW', call: KernelCall, name: string): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { parameter, firstMoment, secondMoment, gradient } = call.inputs as Record<string, TensorInfo>;
  const { rate, beta1, beta2, epsilon, decay } = call.attrs as Record<string, number>;
  const count = util.sizeFromShape(parameter.shape);
  for (const tensor of [firstMoment, secondMoment, gradient]) {
    util.assertShapesMatch(tensor.shape, parameter.shape, `${name}: `);
  }
  for (const changed of [parameter, firstMoment, secondMoment]) backend.markChanged(changed);
  const { runtime } = backend;
  runtime.run(kernel, runtime.threadsFor(count), [
    ...[parameter, firstMoment, secondMoment, gradient].map((tensor) => backend.address(tensor)),
    ...[count, rate],
    ...(kernel === 'adamW' ? [1 - beta1, 1 - beta2, epsilon, decay] : [beta1, beta2, epsilon]),
  ]);
  return [];
}
