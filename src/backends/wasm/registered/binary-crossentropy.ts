import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { meanBinaryCrossentropy } from '../../binary-crossentropy.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/**
 * The kernel `fusedKernels.binaryCrossentropy`.
 *
 * @returns [mean loss, its gradient by the logits]
 */
export function binaryCrossentropy(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { logits, labels } = call.inputs as { logits: TensorInfo; labels: TensorInfo };
  util.assertShapesMatch(logits.shape, labels.shape, 'Binary cross-entropy of logits and labels: ');
  const x = backend.data.get(logits.dataId).values as Float32Array;
  const y = backend.data.get(labels.dataId).values as Float32Array;
  const { loss, gradient } = meanBinaryCrossentropy(x, y);
  return [
    backend.makeTensorInfo([], 'float32', Float32Array.of(loss)),
    backend.makeTensorInfo(logits.shape, 'float32', gradient),
  ];
}
