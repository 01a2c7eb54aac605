import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * Names of the kernels that a backend may register beyond TF.js' own (`tf.getKernel(name, backend)` tells); where one is
 * missing, layers and optimizers compute the same from stock operations.
 */
export const fusedKernels = {
  adam: 'FusedAdam',
  binaryCrossentropy: 'FusedBinaryCrossentropy',
  recurrent: 'FusedRecurrent',
  recurrentGradient: 'FusedRecurrentGradient',
  scaleSequences: 'FusedScaleSequences',
} as const;

/**
 * What a fused recurrent kernel computes: Keras' GRU in both forms, its LSTM, and its SimpleRNN with tanh or relu. Gates
 * have sigmoids, everything else tanh.
 */
export type FusedCell = 'gruResetAfter' | 'gruResetBefore' | 'lstm' | 'simpleTanh' | 'simpleRelu';

/** Inputs of the fused recurrent kernel. G: gates of the cell, 3 for a GRU (z, r, candidate), 4 for an LSTM (i, f, c, o), else 1. */
export interface RecurrentInputs {
  /** [batch, time, features] */
  x: TensorInfo;
  /** [features, G * units], gates in Keras' order */
  kernel: TensorInfo;
  /** [units, G * units] */
  recurrentKernel: TensorInfo;
  /** [G * units], or [2, 3 * units] for `gruResetAfter` */
  bias?: TensorInfo;
  /** [batch, units]; zeros where absent */
  initialState?: TensorInfo;
  /** [batch, units], an LSTM's cell state; zeros where absent */
  initialCell?: TensorInfo;
  /** [batch, time] bool or int32: where it is 0, the step keeps the state; all steps count where absent */
  mask?: TensorInfo;
  /** [batch, units]: the state is multiplied by it where it enters the recurrent products, at every step; ones where absent */
  recurrentMask?: TensorInfo;
}

export interface RecurrentAttributes extends NamedAttrMap {
  cell: FusedCell;
  goBackwards: boolean;
  /** Whether the output [batch, time, units] is made, too. */
  returnSequences: boolean;
  /** Whether the packed tensors that `recurrentGradient` needs are made, too. */
  keepForGradient: boolean;
}
