import type { GruAttributes, GruInputs } from '../../fused-kernels.js';
import type { NativeBackend, OpAttribute } from '../native-backend.js';
import type { Operations } from '../operations.js';
import { cudnnLengths, tokenMask } from './cudnn-lengths.js';
import { type CudnnCell, gruCell, packCudnn, unpackCudnn } from './cudnn-params.js';
import { type GruGradientInputs, gruSizes, joinRows } from './gru-inputs.js';
import { zeros } from './gru-weights.js';

/** TensorFlow's number for int8, the type of `host_reserved`, which TF.js does not know. */
const int8 = 6;

/** Whether cuDNN computes this: its GRU is Keras' (the reset gate after the product), on a GPU, forwards. */
export function cudnnLengthsOf(
  inputs: GruInputs,
  { resetAfter, goBackwards }: GruAttributes,
  backend: NativeBackend,
): Int32Array | undefined {
  if (!backend.isUsingGpuDevice || !resetAfter || goBackwards) return undefined;
  return cudnnLengths(inputs, backend);
}

/**
 * Attributes of `CudnnRNNV3` and `CudnnRNNBackpropV3` for one layer in one direction, all of them
 * (tensorflow/core/ops/cudnn_rnn_ops.cc).
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

/**
 * `fusedKernels.gru` as one `CudnnRNNV3`.
 *
 * @returns as the kernel does; where `keepForGradient`: the outputs and the final state as rows [(T + 1) * B, U], cuDNN's
 *   reserve [n], and its host reserve as int32
 */
export function cudnnGru(
  operations: Operations,
  inputs: GruInputs,
  options: { attributes: GruAttributes; lengths: Int32Array; backend: NativeBackend },
): number[] {
  const { attributes, lengths, backend } = options;
  const { returnSequences, keepForGradient } = attributes;
  const { batch, time, units } = gruSizes(inputs);
  const [output, finalState, , reserve, hostReserve] = operations.runDescribed(
    'CudnnRNNV3',
    cudnnInputs(operations, inputs, lengths),
    cudnnAttributes(backend, { mode: 'gru', training: keepForGradient }),
    5,
  );
  const results = [operations.run('Reshape', [finalState, operations.integers([batch, units])])];
  if (returnSequences) {
    // cuDNN leaves zeros where the padding is; layers repeat the state there.
    const repeated = operations.run('Mul', [paddingOf(operations, lengths, time), finalState]);
    const whole = operations.run('AddV2', [output, repeated]);
    results.push(operations.run('Transpose', [whole, operations.integers([1, 0, 2])]));
  }
  if (!keepForGradient) return results;
  const rows = operations.run('Reshape', [output, operations.integers([time * batch, units])]);
  const { TF_INT32, TF_ATTR_TYPE } = backend.binding;
  const [kept] = operations.runDescribed(
    'Cast',
    [hostReserve],
    [
      { name: 'SrcT', type: TF_ATTR_TYPE, value: int8 },
      { name: 'DstT', type: TF_ATTR_TYPE, value: TF_INT32 },
    ],
    1,
  );
  return [...results, joinRows(operations, [rows, results[0]]), operations.run('Identity', [reserve]), kept];
}

/** `fusedKernels.gruGradient` as one `CudnnRNNBackpropV3`; gets what `cudnnGru` kept. */
export function cudnnGruGradient(
  operations: Operations,
  inputs: GruGradientInputs,
  { lengths, backend }: { lengths: Int32Array; backend: NativeBackend },
): number[] {
  const { batch, time, features, units } = gruSizes(inputs);
  const [rows, reserve, keptHost] = operations.idsOf([inputs.states, inputs.gates, inputs.inner]);
  const sizes = operations.integers([time * batch, batch]);
  const [outputRows, finalRows] = operations.runAll(
    'SplitV',
    [rows, sizes, operations.integers(0)],
    { num_split: 2 },
    2,
  );
  const asOutput = operations.integers([time, batch, units]);
  const asState = operations.integers([1, batch, units]);
  const { TF_INT32, TF_ATTR_TYPE } = backend.binding;
  const [host] = operations.runDescribed(
    'Cast',
    [keptHost],
    [
      { name: 'SrcT', type: TF_ATTR_TYPE, value: TF_INT32 },
      { name: 'DstT', type: TF_ATTR_TYPE, value: int8 },
    ],
    1,
  );
  const { output, finalState } = outputGradients(operations, inputs, lengths);
  const none = zeros(operations, []);
  const [x, initialState, , vector] = operations.runDescribed(
    'CudnnRNNBackpropV3',
    [
      ...cudnnInputs(operations, inputs, lengths),
      ...[
        operations.run('Reshape', [outputRows, asOutput]),
        operations.run('Reshape', [finalRows, asState]),
        none,
      ],
      ...[output, finalState, none, reserve, host],
    ],
    cudnnAttributes(backend, { mode: 'gru' }),
    4,
  );
  const weights = unpackCudnn(operations, vector, { cell: gruCell, features, units });
  const results = [
    operations.run('Transpose', [x, operations.integers([1, 0, 2])]),
    weights.kernel,
    weights.recurrentKernel,
  ];
  if (inputs.bias) results.push(weights.bias);
  if (inputs.initialState) {
    results.push(operations.run('Reshape', [initialState, operations.integers([batch, units])]));
  }
  return results;
}

/** input [T, B, F], input_h [1, B, U], input_c (none), params, sequence_lengths [B] */
function cudnnInputs(operations: Operations, inputs: GruInputs, lengths: Int32Array): number[] {
  const { batch, units } = gruSizes(inputs);
  const { x, kernel, recurrentKernel, bias, initialState } = inputs;
  const shape = [1, batch, units];
  return [
    operations.run('Transpose', [...operations.idsOf([x]), operations.integers([1, 0, 2])]),
    initialState
      ? operations.run('Reshape', [...operations.idsOf([initialState]), operations.integers(shape)])
      : zeros(operations, shape),
    zeros(operations, []),
    packCudnn(operations, { cell: gruCell, kernel, recurrentKernel, bias }),
    operations.integers([...lengths]),
  ];
}

/** Gradients of cuDNN's output [T, B, U] and final state [1, B, U]: what the padding repeats is the final state. */
function outputGradients(
  operations: Operations,
  inputs: GruGradientInputs,
  lengths: Int32Array,
): { output: number; finalState: number } {
  const { batch, time, units } = gruSizes(inputs);
  const shape = operations.integers([1, batch, units]);
  const [final] = inputs.finalGradient ? operations.idsOf([inputs.finalGradient]) : [];
  const given = final === undefined ? undefined : operations.run('Reshape', [final, shape]);
  if (!inputs.outputGradient) {
    return {
      output: zeros(operations, [time, batch, units]),
      finalState: given ?? zeros(operations, [1, batch, units]),
    };
  }
  const stepMajor = operations.run('Transpose', [
    ...operations.idsOf([inputs.outputGradient]),
    operations.integers([1, 0, 2]),
  ]);
  const tokens = operations.floats(tokenMask(lengths, time), [time, batch, 1]);
  const ofPadding = operations.run('Mul', [stepMajor, paddingOf(operations, lengths, time)]);
  const sum = operations.run('Sum', [ofPadding, operations.integers([0])], { keep_dims: true });
  return {
    output: operations.run('Mul', [stepMajor, tokens]),
    finalState: given === undefined ? sum : operations.run('AddV2', [given, sum]),
  };
}

/** [T, B, 1] of 1 for padding. */
function paddingOf(operations: Operations, lengths: Int32Array, time: number): number {
  return operations.floats(
    tokenMask(lengths, time).map((token) => 1 - token),
    [time, lengths.length, 1],
  );
}
