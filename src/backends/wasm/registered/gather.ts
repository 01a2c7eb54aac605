import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { parallelRowFloats } from '../runtime.js';
import type { WasmBackend } from '../wasm-backend.js';
import { type KernelCall, runStock } from './stock.js';

/**
 * TF.js' `GatherV2`, the forward pass of an embedding: rows of x [table rows, ...] by int32 indices of any shape.
 * Other axes and data types go to the stock kernel.
 *
 * @throws Error when an index is not a row of the table
 */
export function gather(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { x, indices } = call.inputs as { x: TensorInfo; indices: TensorInfo };
  const { axis, batchDims } = call.attrs as { axis: number; batchDims: number };
  const count = util.sizeFromShape(indices.shape);
  const units = util.sizeFromShape(x.shape.slice(1));
  const rowsOnly = util.parseAxisParam(axis, x.shape)[0] === 0 && !batchDims;
  if (!rowsOnly || x.dtype !== 'float32' || indices.dtype !== 'int32' || count * units === 0) {
    return runStock('GatherV2', call.inputs as { x: TensorInfo; indices: TensorInfo }, backend, call.attrs);
  }
  const ids = backend.data.get(indices.dataId).values as Int32Array;
  for (let i = 0; i < count; i++) {
    const id = ids[i];
    if (id < 0 || id >= x.shape[0]) {
      throw new Error(`GatherV2: the index value ${id} is not in [0, ${x.shape[0] - 1}]`);
    }
  }
  const { info, address } = backend.makeOutputInfo([...indices.shape, ...x.shape.slice(1)], 'float32');
  const { runtime } = backend;
  const threads = runtime.threadsFor(count * units, parallelRowFloats);
  runtime.run('gatherTableRows', threads, {
    table: backend.address(x),
    ids: backend.address(indices),
    count,
    units,
    output: address,
  });
  backend.markRows(info, ids.slice(), x);
  return info;
}
