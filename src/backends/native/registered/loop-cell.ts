import type { FusedCell, RecurrentGradientInputs, RecurrentInputs } from '../../fused-kernels.js';
import type { Operations } from '../operations.js';
import { splitEqually } from './recurrent-inputs.js';

/**
 * A cell that is computed step by step. Its loop may have the gates in another order, or with another sign, than Keras:
 * the form of the loop.
 */
export interface LoopCell {
  /** Weights [F, G * U], [U, G * U] and the input's bias [G * U] in the form of the loop, and what else the loop wants. */
  weights(operations: Operations, inputs: RecurrentInputs): LoopWeights;
  /** Columns [.., G * U] from the form of the loop to Keras'. */
  toKeras(operations: Operations, id: number, units: number): number;
  /**
   * For each column of the loop what a masked step adds to its sum, so that the step keeps the state to the last bit by
   * itself; undefined where no sum can do that.
   */
  closing(units: number): Float32Array | undefined;
  /** Whether a closed step still has to put the state of before into the new one. */
  readonly keepsMaskedState: boolean;
  forward(operations: Operations, loop: ForwardLoop): ForwardResult;
  backward(operations: Operations, loop: BackwardLoop): BackwardResult;
}

export interface LoopWeights {
  readonly kernel: number;
  readonly recurrentKernel: number;
  readonly inputBias: number | undefined;
  /** [U], of the candidate's recurrent product of a GRU with its reset gate after it. */
  readonly candidateBias?: number;
}

interface Loop {
  readonly cell: FusedCell;
  readonly weights: LoopWeights;
  readonly units: number;
  /** [B, U], what the state is multiplied by where it enters the recurrent products. */
  readonly recurrentMask: number | undefined;
  /** By step: [B, 1] of 1 for padding; undefined where the step has none. */
  readonly padding: readonly (number | undefined)[];
}

export interface ForwardLoop extends Loop {
  /** [T * B, G * U], products of the inputs with bias and mask, in the order of time. */
  readonly inputProducts: number;
  /** The time of each step. */
  readonly order: readonly number[];
  readonly initialState: number;
  readonly initialCell: number;
}

export interface ForwardResult {
  /** By step: [B, U]. */
  readonly states: number[];
  /** Of an LSTM. */
  readonly finalCell?: number;
  /** What the gradient wants, as rows: tensors of one width, one under the other. */
  readonly gates?: number[];
  readonly kept?: number[];
}

export interface BackwardLoop extends Loop {
  readonly inputs: RecurrentGradientInputs;
  readonly time: number;
  /** [S * B, U]: the state before each step, times the recurrent mask. */
  readonly entering: number;
  /** By step: gradients of the output [B, U]; undefined where only the final state has one. */
  readonly outputGradients: readonly number[] | undefined;
  readonly finalGradient: number;
  readonly finalCellGradient: number;
}

export interface BackwardResult {
  /** [S * B, G * U] gradients by the sums that the inputs' products are part of. */
  readonly inputSums: number;
  /** [U, G * U] */
  readonly recurrentKernel: number;
  /** [S * B, G * U], by the recurrent sums, where these have a bias of their own. */
  readonly recurrentSums?: number;
  /** [B, U] */
  readonly initialState: number;
  readonly initialCell?: number;
}

/** Rows [T * B, N] as a tensor [B, N] for each step. */
export function byStep(operations: Operations, rows: number, { order }: ForwardLoop): number[] {
  const byTime = splitEqually(operations, rows, 0, order.length);
  return order.map((t) => byTime[t]);
}

/** The state as it enters the recurrent products. */
export function entering(operations: Operations, state: number, { recurrentMask }: Loop): number {
  return recurrentMask === undefined ? state : operations.run('Mul', [state, recurrentMask]);
}

/** Sum of gradients; at least one. */
export function addAll(operations: Operations, parts: readonly (number | undefined)[]): number {
  const given = parts.filter((part) => part !== undefined);
  if (given.length === 1) return given[0];
  if (given.length === 2) return operations.run('AddV2', given);
  return operations.run('AddN', given, { N: given.length });
}

/** a^T b: the sum over rows. */
export function sumOverRows(operations: Operations, rows: number, gradient: number): number {
  return operations.run('MatMul', [rows, gradient], { transpose_a: true, transpose_b: false });
}

/** a b^T */
export function timesTransposed(operations: Operations, gradient: number, weights: number): number {
  return operations.run('MatMul', [gradient, weights], { transpose_a: false, transpose_b: true });
}
