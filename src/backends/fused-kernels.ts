import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * Names of the kernels that a backend may register beyond TF.js' own (`tf.getKernel(name, backend)` tells); where one is
 * missing, layers and optimizers compute the same from stock operations.
 */
export const fusedKernels = {
  adadelta: 'FusedAdadelta',
  adagrad: 'FusedAdagrad',
  adam: 'FusedAdam',
  adamW: 'FusedAdamW',
  addScaled: 'FusedAddScaled',
  attention: 'FusedAttention',
  attentionGradient: 'FusedAttentionGradient',
  binaryCrossentropy: 'FusedBinaryCrossentropy',
  clip: 'FusedClip',
  lambDirection: 'FusedLambDirection',
  limitNorms: 'FusedLimitNorms',
  momentum: 'FusedMomentum',
  moveTowards: 'FusedMoveTowards',
  nadam: 'FusedNadam',
  recurrent: 'FusedRecurrent',
  recurrentGradient: 'FusedRecurrentGradient',
  /** The same with zoneout. */
  zoneoutRecurrent: 'FusedZoneoutRecurrent',
  zoneoutRecurrentGradient: 'FusedZoneoutRecurrentGradient',
  convolution: 'FusedConvolution',
  convolutionGradient: 'FusedConvolutionGradient',
  layerNormalization: 'FusedLayerNormalization',
  layerNormalizationGradient: 'FusedLayerNormalizationGradient',
  mergeDirections: 'FusedMergeDirections',
  mergeDirectionsGradient: 'FusedMergeDirectionsGradient',
  poolSequences: 'FusedPoolSequences',
  poolSequencesGradient: 'FusedPoolSequencesGradient',
  rmsProp: 'FusedRmsProp',
  scale: 'FusedScale',
  scaleSequences: 'FusedScaleSequences',
  sumOfSquares: 'FusedSumOfSquares',
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
  /**
   * [batch, time, units]: the share of the former state that stands in the new one, at every step; where absent it is the
   * attribute `zoneout`
   */
  zoneout?: TensorInfo;
  /** The same for an LSTM's cell state. */
  cellZoneout?: TensorInfo;
}

/** Inputs of the fused recurrent kernel's gradient. */
export interface RecurrentGradientInputs extends RecurrentInputs {
  /** What the forward pass kept, in a form of its backend's own; a simple cell may keep the states alone. */
  states: TensorInfo;
  gates?: TensorInfo;
  kept?: TensorInfo;
  /** Gradient of the final state [batch, units]; zeros where absent. */
  finalGradient?: TensorInfo;
  /** Gradient of an LSTM's final cell state [batch, units]; zeros where absent. */
  finalCellGradient?: TensorInfo;
  /** Gradient of the output [batch, time, units]; zeros where absent. */
  outputGradient?: TensorInfo;
}

export interface RecurrentAttributes extends NamedAttrMap {
  cell: FusedCell;
  goBackwards: boolean;
  /** Whether the output [batch, time, units] is made, too. */
  returnSequences: boolean;
  /** Whether the packed tensors that `recurrentGradient` needs are made, too. */
  keepForGradient: boolean;
  /** Of the former state at every step, from 0 to below 1; not 0 for `zoneoutRecurrent` alone. */
  zoneout: number;
  cellZoneout: number;
}

/** How the outputs of two directions become one: side by side, or element by element. */
export const mergeModes = ['concat', 'sum', 'ave', 'mul'] as const;
export type MergeMode = (typeof mergeModes)[number];

export interface MergeAttributes extends NamedAttrMap {
  mode: MergeMode;
  /** Whether step t of `forward` has its mask at time - 1 - t. */
  maskReversed: boolean;
}

/** What a sequence becomes: one vector, or the last state, the maximum and the mean side by side. */
export type PoolingParts = 'mean' | 'max' | 'lastMaxMean';

export interface PoolingAttributes extends NamedAttrMap {
  parts: PoolingParts;
  /** Steps of the sequences; the gradient cannot see it otherwise. */
  time: number;
}

export interface AttentionInputs {
  /** [batch, time, features] */
  x: TensorInfo;
  /** W [features, units] */
  kernel: TensorInfo;
  /** b [units] */
  bias: TensorInfo;
  /** v [units, 1] */
  context: TensorInfo;
  /** [batch, time] */
  mask?: TensorInfo;
}

/** The gradient of the output [batch, features], and what the forward pass took and made. */
export interface AttentionGradientInputs extends Omit<AttentionInputs, 'bias' | 'mask'> {
  gradient: TensorInfo;
  /** a [batch, time] */
  weights: TensorInfo;
  /** u [batch, time, units] */
  hidden: TensorInfo;
}

export interface NormalizationAttributes extends NamedAttrMap {
  /** Added to the variance. */
  epsilon: number;
}

export interface ConvolutionInputs {
  /** [batch, time, features] */
  x: TensorInfo;
  /** [size, features, filters] */
  kernel: TensorInfo;
  /** [filters] */
  bias?: TensorInfo;
  /** [batch, time]; where it is 0, the step counts as zeros */
  mask?: TensorInfo;
}

export interface ConvolutionAttributes extends NamedAttrMap {
  /** Steps of zeros around each sequence. */
  before: number;
  after: number;
  /** Whether only the positive part of the result is kept. */
  relu: boolean;
}
