import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { ThreadedKernelName } from '../kernel-module.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

// Exports of the kernels that go over all elements of tensors of one shape. They take the tensors' addresses, the number of
// elements, numbers and, where they make a tensor, its address.

interface Names {
  /** Inputs that are changed in place, then those that are read; one that is not there is passed as 0. */
  readonly changed?: readonly string[];
  readonly read: readonly string[];
  /** Attributes in the order of the export's parameters. */
  readonly numbers: readonly string[];
}

/** A kernel that changes tensors in place. */
export function changing(kernel: ThreadedKernelName, names: Names) {
  return (call: KernelCall): TensorInfo[] => {
    run(kernel, call, { ...names, output: [] });
    return [];
  };
}

/** A kernel that makes a tensor. */
export function making(kernel: ThreadedKernelName, names: Names) {
  return (call: KernelCall): TensorInfo => {
    const backend = call.backend as WasmBackend;
    const { changed = [], read } = names;
    const [first] = [...changed, ...read];
    const { info, address } = backend.makeOutputInfo(call.inputs[first]!.shape, 'float32');
    run(kernel, call, { ...names, output: [address] });
    return info;
  };
}

/** The kernel `fusedKernels.scale`: x * factor. */
export const scale = making('scaleElements', { read: ['x'], numbers: ['factor'] });

/** The kernel `fusedKernels.clip`: x between -limit and limit. */
export const clip = making('clipElements', { read: ['x'], numbers: ['limit'] });

/** The kernel `fusedKernels.moveTowards`: target += (value - target) * share, in place. */
export const moveTowards = changing('moveElements', {
  changed: ['target'],
  read: ['value'],
  numbers: ['share'],
});

const sum = making('addScaledElements', { read: ['a', 'b'], numbers: ['factor'] });

/** The kernel `fusedKernels.addScaled`: a + b * factor; in place on a, and without an output, where `inPlace` says so. */
export function addScaled(call: KernelCall): TensorInfo | TensorInfo[] {
  if (!call.attrs!.inPlace) return sum(call);
  const address = (call.backend as WasmBackend).address(call.inputs.a!);
  run('addScaledElements', call, { changed: ['a'], read: ['b'], numbers: ['factor'], output: [address] });
  return [];
}

function run(
  kernel: ThreadedKernelName,
  { inputs, attrs, backend: current }: KernelCall,
  { changed = [], read, numbers, output }: Names & { readonly output: readonly number[] },
): void {
  const backend = current as WasmBackend;
  const given = [...changed, ...read].map((name) => inputs[name]);
  const { shape } = given[0]!;
  for (const tensor of given) if (tensor) util.assertShapesMatch(tensor.shape, shape, `${kernel}: `);
  for (const name of changed) if (inputs[name]) backend.markChanged(inputs[name]);
  const count = util.sizeFromShape(shape);
  const { runtime } = backend;
  runtime.run(kernel, runtime.threadsFor(count), [
    ...given.map((tensor) => (tensor ? backend.address(tensor) : 0)),
    count,
    ...numbers.map((name) => Number(attrs![name])),
    ...output,
  ]);
}
