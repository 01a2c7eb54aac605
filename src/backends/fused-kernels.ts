import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * Names of the kernels that a backend may register beyond TF.js' own (`tf.getKernel(name, backend)` tells); where one is
 * missing, layers and optimizers compute the same from stock operations.
 */
export const fusedKernels = {
  adam: 'FusedAdam',
  attention: 'FusedAttention',
  attentionGradient: 'FusedAttentionGradient',
  binaryCrossentropy: 'FusedBinaryCrossentropy',
  convolution: 'FusedConvolution',
  convolutionGradient: 'FusedConvolutionGradient',
  gru: 'FusedGru',
  gruGradient: 'FusedGruGradient',
  layerNormalization: 'FusedLayerNormalization',
  layerNormalizationGradient: 'FusedLayerNormalizationGradient',
  mergeDirections: 'FusedMergeDirections',
  mergeDirectionsGradient: 'FusedMergeDirectionsGradient',
  poolSequences: 'FusedPoolSequences',
  poolSequencesGradient: 'FusedPoolSequencesGradient',
  scaleSequences: 'FusedScaleSequences',
} as const;

/** Inputs of the fused GRU. */
export interface GruInputs {
  /** [batch, time, features] */
  x: TensorInfo;
  /** [features, 3 * units], gates in Keras' order z, r, candidate */
  kernel: TensorInfo;
  /** [units, 3 * units] */
  recurrentKernel: TensorInfo;
  /** [3 * units], or [2, 3 * units] where `resetAfter` */
  bias?: TensorInfo;
  /** [batch, units]; zeros where absent */
  initialState?: TensorInfo;
  /** [batch, time] bool or int32: where it is 0, the step keeps the state; all steps count where absent */
  mask?: TensorInfo;
}

export interface GruAttributes extends NamedAttrMap {
  resetAfter: boolean;
  goBackwards: boolean;
  /** Whether the output [batch, time, units] is made, too. */
  returnSequences: boolean;
  /** Whether the three packed tensors that `gruGradient` needs are made, too. */
  keepForGradient: boolean;
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
