import type { NativeBackend, OpAttribute } from '../native-backend.js';
import type { Operations } from '../operations.js';
import type { CudnnCell } from './cudnn-params.js';

/** TensorFlow's number for int8, the type of `host_reserved`, which TF.js does not know. */
const int8 = 6;

/**
 * Attributes of `CudnnRNNV3`, and without `training` of `CudnnRNNBackpropV3`, for one layer in one direction: all that they
 * have (tensorflow/core/ops/cudnn_rnn_ops.cc).
 */
export function cudnnAttributes(
  { binding }: NativeBackend,
  { mode, training }: { mode: CudnnCell['mode']; training?: boolean },
): OpAttribute[] {
  const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_ATTR_FLOAT, TF_ATTR_INT, TF_ATTR_BOOL, TF_FLOAT } = binding;
  const attributes = [
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'rnn_mode', type: TF_ATTR_STRING, value: mode },
    { name: 'input_mode', type: TF_ATTR_STRING, value: 'linear_input' },
    { name: 'direction', type: TF_ATTR_STRING, value: 'unidirectional' },
    { name: 'dropout', type: TF_ATTR_FLOAT, value: 0 },
    { name: 'seed', type: TF_ATTR_INT, value: 0 },
    { name: 'seed2', type: TF_ATTR_INT, value: 0 },
    { name: 'num_proj', type: TF_ATTR_INT, value: 0 },
    { name: 'time_major', type: TF_ATTR_BOOL, value: true },
  ];
  if (training === undefined) return attributes;
  return [...attributes, { name: 'is_training', type: TF_ATTR_BOOL, value: training }];
}

/** int8 as int32, which TF.js can keep for the gradient, and back. */
export function castInt8(
  operations: Operations,
  id: number,
  { binding }: NativeBackend,
  { to }: { to: 'int8' | 'int32' },
): number {
  const [source, target] = to === 'int8' ? [binding.TF_INT32, int8] : [int8, binding.TF_INT32];
  const attributes = [
    { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: source },
    { name: 'DstT', type: binding.TF_ATTR_TYPE, value: target },
  ];
  return operations.runDescribed('Cast', [id], attributes, 1)[0];
}
