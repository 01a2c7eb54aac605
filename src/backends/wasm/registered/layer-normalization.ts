import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NormalizationAttributes } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';
import { sumThreadShares } from './sum-thread-shares.js';

/** Rows and columns: everything but the last axis is rows. */
function sizesOf({ shape }: TensorInfo): [rows: number, columns: number] {
  return [shape.slice(0, -1).reduce((product, size) => product * size, 1), shape[shape.length - 1]];
}

/** The kernel `fusedKernels.layerNormalization`: x [..., columns], gamma and beta [columns], each of them optional. */
export function layerNormalization(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const { x, gamma, beta } = call.inputs as { x: TensorInfo; gamma?: TensorInfo; beta?: TensorInfo };
  const { epsilon } = call.attrs as NormalizationAttributes;
  const [rows, columns] = sizesOf(x);
  const { info, address } = backend.makeOutputInfo(x.shape, 'float32');
  const addressOf = (tensor?: TensorInfo) => (tensor ? backend.address(tensor) : 0);
  runtime.run('normalizeForward', runtime.threadsFor(rows * columns), {
    x: addressOf(x),
    gamma: addressOf(gamma),
    beta: addressOf(beta),
    rows,
    columns,
    epsilon,
    output: address,
  });
  return info;
}

/** The kernel `fusedKernels.layerNormalizationGradient`. @returns gradients by [x, gamma, beta] */
export function layerNormalizationGradient(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const { gradient, x, gamma } = call.inputs as Record<string, TensorInfo>;
  const { epsilon } = call.attrs as NormalizationAttributes;
  const [rows, columns] = sizesOf(x);
  const threads = runtime.threadsFor(rows * columns);
  const result = backend.makeOutputInfo(x.shape, 'float32');
  const weights = [0, 1].map(() => backend.makeOutputInfo([columns], 'float32'));
  runtime.withScratch(4 * threads * 3 * columns, (shares) => {
    runtime.run('normalizeBackward', threads, {
      gradient: backend.address(gradient),
      x: backend.address(x),
      gamma: gamma ? backend.address(gamma) : 0,
      rows,
      columns,
      epsilon,
      result: result.address,
      shares,
      scratch: shares + 4 * threads * 2 * columns,
    });
    const targets = weights.map(({ address }) => address);
    sumThreadShares(shares, targets, { threads, count: columns, runtime });
  });
  return [result.info, ...weights.map(({ info }) => info)];
}
