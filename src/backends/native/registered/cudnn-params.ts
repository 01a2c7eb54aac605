import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { FusedCell } from '../../fused-kernels.js';
import type { Operations } from '../operations.js';
import { joinColumns, joinRows, reshaped, splitEqually, splitInto } from './recurrent-inputs.js';

/** How a cell's weights lie in Keras and in cuDNN. */
export interface CudnnCell {
  /** Attribute `rnn_mode` of the operations. */
  readonly mode: 'gru' | 'lstm' | 'rnn_tanh' | 'rnn_relu';
  /** For each gate of cuDNN the column block of Keras' kernels that it is. */
  readonly gates: readonly number[];
}

/** The cells that cuDNN has (Keras' layers/rnn/gru.py and lstm.py: `gpu_gru`, `gpu_lstm`). */
export const cudnnCells: Readonly<Partial<Record<FusedCell, CudnnCell>>> = {
  // Keras: z, r, candidate; cuDNN: r, z, candidate.
  gruResetAfter: { mode: 'gru', gates: [1, 0, 2] },
  // i, f, candidate, o in both.
  lstm: { mode: 'lstm', gates: [0, 1, 2, 3] },
  simpleTanh: { mode: 'rnn_tanh', gates: [0] },
  simpleRelu: { mode: 'rnn_relu', gates: [0] },
};

export interface CudnnSizes {
  readonly features: number;
  readonly units: number;
}

/**
 * Weights as the one vector that cuDNN takes: for each gate the input's matrix [units, features], for each the state's
 * matrix [units, units], for each the input's bias, for each the state's bias.
 *
 * @param options `kernel` [features, G * units], `recurrentKernel` [units, G * units], `bias` [2, G * units], or
 *   [G * units] for the inputs alone; zeros where absent
 */
export function packCudnn(
  operations: Operations,
  options: { cell: CudnnCell; kernel: TensorInfo; recurrentKernel: TensorInfo; bias?: TensorInfo },
): number {
  const { cell, kernel, recurrentKernel, bias } = options;
  const [units] = recurrentKernel.shape;
  const count = cell.gates.length;
  const flat = operations.integers([-1]);
  const transposed = operations.integers([1, 0]);
  const matrices = (tensor: TensorInfo) => {
    const blocks = splitEqually(operations, operations.idsOf([tensor])[0], 1, count);
    return cell.gates.map((gate) => {
      const matrix = operations.run('Transpose', [blocks[gate], transposed]);
      return operations.run('Reshape', [matrix, flat]);
    });
  };
  const parts = [...matrices(kernel), ...matrices(recurrentKernel)];
  const rows = bias ? (bias.shape.length === 1 ? 1 : 2) : 0;
  if (bias) {
    const vector = operations.run('Reshape', [...operations.idsOf([bias]), flat]);
    const blocks = splitEqually(operations, vector, 0, rows * count);
    for (let row = 0; row < rows; row++) parts.push(...cell.gates.map((gate) => blocks[row * count + gate]));
  }
  // cuDNN wants both rows, always.
  const missing = (2 - rows) * count * units;
  if (missing > 0) parts.push(operations.floats(new Float32Array(missing), [missing]));
  return operations.run('ConcatV2', [...parts, operations.integers(0)], { N: parts.length });
}

/**
 * The way back: gradients of kernel, recurrentKernel and bias (of `biasRows` rows) from the gradient of cuDNN's vector.
 */
export function unpackCudnn(
  operations: Operations,
  vector: number,
  { cell, features, units, biasRows }: CudnnSizes & { cell: CudnnCell; biasRows: 1 | 2 },
): { kernel: number; recurrentKernel: number; bias: number } {
  const count = cell.gates.length;
  const sizes = [
    ...cell.gates.map(() => units * features),
    ...cell.gates.map(() => units * units),
    ...cell.gates.flatMap(() => [units, units]),
  ];
  const parts = splitInto(operations, vector, sizes, 0);
  const transposed = operations.integers([1, 0]);
  // Where cuDNN has the gate that stands at each place in Keras.
  const places = cell.gates.map((_, gate) => cell.gates.indexOf(gate));
  const matrix = (from: number, rows: number) => {
    const blocks = places.map((place) => {
      const block = operations.run('Reshape', [parts[from + place], operations.integers([units, rows])]);
      return operations.run('Transpose', [block, transposed]);
    });
    return joinColumns(operations, blocks);
  };
  const biases = [2 * count, 3 * count]
    .slice(0, biasRows)
    .flatMap((from) => places.map((place) => parts[from + place]));
  return {
    kernel: matrix(0, features),
    recurrentKernel: matrix(count, units),
    bias: reshaped(operations, joinRows(operations, biases), [...(biasRows === 2 ? [2] : []), count * units]),
  };
}
