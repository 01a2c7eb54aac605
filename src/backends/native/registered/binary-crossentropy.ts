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
  const { logits, labels, weights } = call.inputs as unknown as Record<'logits' | 'labels', TensorInfo> & {
    weights?: TensorInfo;
  };
  util.assertShapesMatch(logits.shape, labels.shape, 'Binary cross-entropy of logits and labels: ');
  if (weights)
    util.assertShapesMatch(logits.shape, weights.shape, 'Binary cross-entropy of logits and weights: ');
  const [x, y, w] = [logits, labels, ...(weights ? [weights] : [])].map(
    ({ dataId }) => backend.readSync!(dataId) as ArrayLike<number>,
  );
  const { loss, gradient } = meanBinaryCrossentropy(x, y, w);
  return withOperations(backend, (operations) => [
    operations.floats(Float32Array.of(loss), []),
    operations.floats(gradient, logits.shape),
  ]);
};
