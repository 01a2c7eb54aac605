import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import { addDeferred } from './add-deferred.js';
import { type KernelCall, runStock } from './stock.js';

/**
 * TF.js' `Add`: residual connections, every gradient that two layers add to, and a bias [columns] to rows. Other shapes that
 * differ and other data types than float32 go to the stock kernel.
 */
export function add(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
  const count = util.sizeFromShape(a.shape);
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || count === 0)
    return runStock('Add', { a, b }, backend);
  if (!util.arraysEqual(a.shape, b.shape)) {
    const isBias = b.shape.length === 1 && b.shape[0] === a.shape[a.shape.length - 1];
    return isBias ? addBias(a, b, backend) : runStock('Add', { a, b }, backend);
  }
  const deferred = addDeferred(a, b, backend);
  if (deferred) return deferred;
  const { info, address } = backend.makeOutputInfo(a.shape, 'float32');
  const { runtime } = backend;
  runtime.run('addElements', runtime.threadsFor(count), {
    a: backend.address(a),
    b: backend.address(b),
    count,
    output: address,
  });
  return info;
}

function addBias(rows: TensorInfo, bias: TensorInfo, backend: WasmBackend): TensorInfo {
  const [values, added] = [rows, bias].map(({ dataId }) => backend.data.get(dataId).values as Float32Array);
  const result = new Float32Array(values.length);
  for (let i = 0; i < result.length; ) {
    for (let column = 0; column < added.length; column++, i++) result[i] = values[i] + added[column];
  }
  return backend.makeTensorInfo(rows.shape, 'float32', result);
}
