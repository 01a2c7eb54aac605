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
  const { logits, labels, weights } = call.inputs as Record<'logits' | 'labels', TensorInfo> & {
    weights?: TensorInfo;
  };
  util.assertShapesMatch(logits.shape, labels.shape, 'Binary cross-entropy of logits and labels: ');
  if (weights)
    util.assertShapesMatch(logits.shape, weights.shape, 'Binary cross-entropy of logits and weights: ');
  const valuesOf = ({ dataId }: TensorInfo) => backend.data.get(dataId).values as Float32Array;
  const { loss, gradient } = meanBinaryCrossentropy(
    valuesOf(logits),
    valuesOf(labels),
    weights && valuesOf(weights),
  );
  return [
    backend.makeTensorInfo([], 'float32', Float32Array.of(loss)),
    backend.makeTensorInfo(logits.shape, 'float32', gradient),
  ];
}
