import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Operations } from '../operations.js';

/** How a cell's weights lie in Keras and in cuDNN. */
export interface CudnnCell {
  /** Attribute `rnn_mode` of the operations. */
  readonly mode: 'gru' | 'lstm' | 'rnn_tanh' | 'rnn_relu';
  /** For each gate of cuDNN the column block of Keras' kernels that it is. */
  readonly gates: readonly number[];
}

/** Keras: z, r, candidate; cuDNN: r, z, candidate (Keras' layers/rnn/gru.py, `gpu_gru`). */
export const gruCell: CudnnCell = { mode: 'gru', gates: [1, 0, 2] };

export interface CudnnSizes {
  readonly features: number;
  readonly units: number;
}

/**
 * Weights as the one vector that cuDNN takes: for each gate the input's matrix [units, features], for each the state's
 * matrix [units, units], for each the input's bias, for each the state's bias.
 *
 * @param options `kernel` [features, G * units], `recurrentKernel` [units, G * units], `bias` [2, G * units], zeros where
 *   absent
 */
export function packCudnn(
  operations: Operations,
  options: { cell: CudnnCell; kernel: TensorInfo; recurrentKernel: TensorInfo; bias?: TensorInfo },
): number {
  const { cell, kernel, recurrentKernel, bias } = options;
  const [units] = recurrentKernel.shape;
  const count = cell.gates.length;
  const flat = operations.integers([-1]);
  const [one, transposed] = [operations.integers(1), operations.integers([1, 0])];
  const matrices = (tensor: TensorInfo) => {
    const blocks = operations.runAll(
      'Split',
      [one, ...operations.idsOf([tensor])],
      { num_split: count },
      count,
    );
    return cell.gates.map((gate) => {
      const matrix = operations.run('Transpose', [blocks[gate], transposed]);
      return operations.run('Reshape', [matrix, flat]);
    });
  };
  const parts = [...matrices(kernel), ...matrices(recurrentKernel)];
  if (bias) {
    const vector = operations.run('Reshape', [...operations.idsOf([bias]), flat]);
    const blocks = operations.runAll(
      'Split',
      [operations.integers(0), vector],
      { num_split: 2 * count },
      2 * count,
    );
    parts.push(...cell.gates.map((gate) => blocks[gate]));
    parts.push(...cell.gates.map((gate) => blocks[count + gate]));
  } else {
    parts.push(operations.floats(new Float32Array(2 * count * units), [2 * count * units]));
  }
  return operations.run('ConcatV2', [...parts, operations.integers(0)], { N: parts.length });
}

/**
 * The way back: gradients of kernel, recurrentKernel and bias [2, G * units] from the gradient of cuDNN's vector.
 */
export function unpackCudnn(
  operations: Operations,
  vector: number,
  { cell, features, units }: CudnnSizes & { cell: CudnnCell },
): { kernel: number; recurrentKernel: number; bias: number } {
  const count = cell.gates.length;
  const sizes = [
    ...cell.gates.map(() => units * features),
    ...cell.gates.map(() => units * units),
    ...cell.gates.flatMap(() => [units, units]),
  ];
  const parts = operations.runAll(
    'SplitV',
    [vector, operations.integers(sizes), operations.integers(0)],
    { num_split: sizes.length },
    sizes.length,
  );
  const [zero, one, transposed] = [
    operations.integers(0),
    operations.integers(1),
    operations.integers([1, 0]),
  ];
  // Where cuDNN has the gate that stands at each place in Keras.
  const places = cell.gates.map((_, gate) => cell.gates.indexOf(gate));
  const matrix = (from: number, rows: number) => {
    const blocks = places.map((place) => {
      const block = operations.run('Reshape', [parts[from + place], operations.integers([units, rows])]);
      return operations.run('Transpose', [block, transposed]);
    });
    return count === 1 ? blocks[0] : operations.run('ConcatV2', [...blocks, one], { N: count });
  };
  const biases = [2 * count, 3 * count].flatMap((from) => places.map((place) => parts[from + place]));
  const row = operations.run('ConcatV2', [...biases, zero], { N: biases.length });
  return {
    kernel: matrix(0, features),
    recurrentKernel: matrix(count, units),
    bias: operations.run('Reshape', [row, operations.integers([2, count * units])]),
  };
}
