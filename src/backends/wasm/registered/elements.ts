import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { type KernelName, kernelOperands, type OperandsOf } from '../kernel-operands.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

// Kernels that go over all elements of tensors of one shape. Their operands have the names of the inputs and attributes
// of the call, and beside them there are `count`, the number of elements, and `output`, where a tensor is made.

interface Inputs<Name extends KernelName> {
  /** Those that are changed in place; the others are read. */
  readonly changed?: readonly (keyof OperandsOf<Name> & string)[];
  /** Those that may be absent, in whose place the kernel gets 0. */
  readonly optional?: readonly (keyof OperandsOf<Name> & string)[];
}

/** A kernel that changes tensors in place. */
export function changing<Name extends KernelName>(kernel: Name, inputs: Inputs<Name>) {
  return (call: KernelCall): TensorInfo[] => {
    run(kernel, call, inputs);
    return [];
  };
}

/** A kernel that makes a tensor. */
export function making<Name extends KernelName>(kernel: Name, inputs: Inputs<Name> = {}) {
  return (call: KernelCall): TensorInfo => {
    const backend = call.backend as WasmBackend;
    const { info, address } = backend.makeOutputInfo(tensorsOf(kernel, call)[0].shape, 'float32');
    run(kernel, call, { ...inputs, output: address });
    return info;
  };
}

/** The kernel `fusedKernels.scale`: x * factor. */
export const scale = making('scaleElements');

/** The kernel `fusedKernels.clip`: x between -limit and limit. */
export const clip = making('clipElements');

/** The kernel `fusedKernels.moveTowards`: target += (value - target) * share, in place. */
export const moveTowards = changing('moveElements', { changed: ['target'] });

const sum = making('addScaledElements');

/** The kernel `fusedKernels.addScaled`: a + b * factor; in place on a, and without an output, where `inPlace` says so. */
export function addScaled(call: KernelCall): TensorInfo | TensorInfo[] {
  if (!call.attrs!.inPlace) return sum(call);
  const output = (call.backend as WasmBackend).address(call.inputs.a!);
  run('addScaledElements', call, { changed: ['a'], output });
  return [];
}

/** The tensors that the kernel is called with, in the order of its operands. */
function tensorsOf(kernel: KernelName, { inputs }: KernelCall): TensorInfo[] {
  return Object.keys(kernelOperands[kernel]).flatMap((name) => inputs[name] ?? []);
}

function run<Name extends KernelName>(
  kernel: Name,
  call: KernelCall,
  { changed = [], optional = [], output }: Inputs<Name> & { readonly output?: number },
): void {
  const backend = call.backend as WasmBackend;
  const { inputs } = call;
  const tensors = tensorsOf(kernel, call);
  const [{ shape }] = tensors;
  for (const tensor of tensors) util.assertShapesMatch(tensor.shape, shape, `${kernel}: `);
  for (const name of changed) if (inputs[name]) backend.markChanged(inputs[name]);
  const count = util.sizeFromShape(shape);
  const operands: Record<string, unknown> = { count, output };
  for (const name of optional) operands[name] = 0;
  for (const [name, value] of Object.entries(call.attrs ?? {})) operands[name] = Number(value);
  for (const [name, tensor] of Object.entries(inputs)) if (tensor) operands[name] = backend.address(tensor);
  const { runtime } = backend;
  runtime.run(kernel, runtime.threadsFor(count), operands as OperandsOf<Name>);
}
