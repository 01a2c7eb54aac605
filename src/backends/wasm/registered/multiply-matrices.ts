import type { TensorInfo } from '@tensorflow/tfjs-core';
import { broadcast_util, util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import { type KernelCall, runStock } from './stock.js';

/**
 * C [batch, rows, columns] = op(A) op(B), op a transposition or nothing; batch dimensions are broadcast.
 * Data types other than float32 go to the stock kernel.
 */
export function multiplyMatrices(
  a: TensorInfo,
  b: TensorInfo,
  options: { transposeA: boolean; transposeB: boolean; backend: WasmBackend },
): TensorInfo {
  const { transposeA, transposeB, backend } = options;
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [bDepth, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  const empty = util.sizeFromShape(a.shape) === 0 || util.sizeFromShape(b.shape) === 0;
  const sameBatch = util.arraysEqual(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const aBatch = util.sizeFromShape(a.shape.slice(0, -2));
  const bBatch = util.sizeFromShape(b.shape.slice(0, -2));
  const plain = sameBatch || aBatch === 1 || bBatch === 1;
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || empty || !plain || depth !== bDepth) {
    return runStock('BatchMatMul', { a, b }, backend, { transposeA, transposeB });
  }
  const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const batch = Math.max(aBatch, bBatch);
  const { info, address: c } = backend.makeOutputInfo([...outer, rows, columns], 'float32');
  const addressA = backend.address(a);
  const addressB = backend.address(b);
  const { runtime } = backend;
  const threads = runtime.threadsFor(rows * columns * depth);
  const scratchBytes = runtime.kernels.multiplyScratchBytes(depth, columns);
  runtime.withScratch(threads * scratchBytes, (scratch) => {
    for (let i = 0; i < batch; i++) {
      runtime.run('multiply', threads, {
        a: addressA + (aBatch === 1 ? 0 : 4 * i * rows * depth),
        b: addressB + (bBatch === 1 ? 0 : 4 * i * depth * columns),
        c: c + 4 * i * rows * columns,
        rows,
        columns,
        depth,
        transposeA: Number(transposeA),
        transposeB: Number(transposeB),
        scratch,
        scratchBytes,
      });
    }
  });
  return info;
}

/** TF.js' `BatchMatMul`. */
export function batchMatMul({ inputs, backend, attrs }: KernelCall): TensorInfo {
  return multiplyMatrices(inputs.a!, inputs.b!, {
    transposeA: Boolean(attrs?.transposeA),
    transposeB: Boolean(attrs?.transposeB),
    backend: backend as WasmBackend,
  });
}
