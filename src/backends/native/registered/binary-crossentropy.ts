import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { meanBinaryCrossentropy } from '../../binary-crossentropy.js';
import type { NativeBackend } from '../native-backend.js';
import { withOperations } from '../operations.js';

/**
 * The kernel `fusedKernels.binaryCrossentropy`.
 *
 * @returns [mean loss, its gradient by the logits]
 */
export const binaryCrossentropy: KernelFunc = (call): TensorInfo[] => {
  const backend = call.backend as unknown as NativeBackend;
  const { logits, labels } = call.inputs as unknown as { logits: TensorInfo; labels: TensorInfo };
  util.assertShapesMatch(logits.shape, labels.shape, 'Binary cross-entropy of logits and labels: ');
  const [x, y] = [logits, labels].map(({ dataId }) => backend.readSync!(dataId) as ArrayLike<number>);
  const { loss, gradient } = meanBinaryCrossentropy(x, y);
  return withOperations(backend, (operations) => [
    operations.floats(Float32Array.of(loss), []),
    operations.floats(gradient, logits.shape),
  ]);
};
