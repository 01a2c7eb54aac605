import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { ThreadedKernelName } from '../kernel-module.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

interface Names {
  /** Inputs that are changed in place, then those that are read; one that is not there is passed as 0. */
  readonly changed: readonly string[];
  readonly read: readonly string[];
  /** Attributes in the order of the export's parameters. */
  readonly numbers: readonly string[];
}

/** One step of an optimizer in place: an export of the kernels that takes addresses, a count and numbers. */
function stepOf(kernel: ThreadedKernelName, { changed, read, numbers }: Names) {
  return (call: KernelCall): TensorInfo[] => {
    run(kernel, call, { names: [...changed, ...read], changed, numbers });
    return [];
  };
}

export const nadam = stepOf('nadamStep', {
  changed: ['parameter', 'm', 'v'],
  read: ['gradient'],
  numbers: ['rate', 'share1', 'share2', 'ofMean', 'ofGradient', 'correction', 'epsilon'],
});

export const rmsProp = stepOf('rmsPropStep', {
  changed: ['parameter', 'velocity', 'mean', 'momentum'],
  read: ['gradient'],
  numbers: ['rate', 'share', 'momentumShare', 'epsilon'],
});

export const adagrad = stepOf('adagradStep', {
  changed: ['parameter', 'accumulator'],
  read: ['gradient'],
  numbers: ['rate', 'epsilon'],
});

export const adadelta = stepOf('adadeltaStep', {
  changed: ['parameter', 'ofGradient', 'ofStep'],
  read: ['gradient'],
  numbers: ['rate', 'share', 'epsilon'],
});

/** The direction of LAMB's step, a new tensor; the moments change in place. */
export function lambDirection(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { info, address } = backend.makeOutputInfo(call.inputs.m!.shape, 'float32');
  run('lambDirection', call, {
    names: ['m', 'v', 'gradient'],
    changed: ['m', 'v'],
    numbers: ['share1', 'share2', 'correction1', 'correction2', 'epsilon'],
    output: address,
  });
  return info;
}

function run(
  kernel: ThreadedKernelName,
  { inputs, attrs, backend: current }: KernelCall,
  options: {
    names: readonly string[];
    changed: readonly string[];
    numbers: readonly string[];
    output?: number;
  },
): void {
  const backend = current as WasmBackend;
  const { names, changed, numbers, output } = options;
  const { shape } = inputs.gradient!;
  const given = names.map((name) => inputs[name]);
  for (const tensor of given) if (tensor) util.assertShapesMatch(tensor.shape, shape, `${kernel}: `);
  for (const name of changed) if (inputs[name]) backend.markChanged(inputs[name]!);
  const count = util.sizeFromShape(shape);
  const { runtime } = backend;
  runtime.run(kernel, runtime.threadsFor(count), [
    ...given.map((tensor) => (tensor ? backend.address(tensor) : 0)),
    count,
    ...numbers.map((name) => attrs![name] as number),
    ...(output === undefined ? [] : [output]),
  ]);
}
