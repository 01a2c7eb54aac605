// Written by scripts/kernel-structs.mjs from kernel-operands.ts, where changes belong.

// @ts-ignore: decorator
@unmanaged
export class AdadeltaStepOperands {
  parameter: usize;
  v: usize;
  w: usize;
  gradient: usize;
  count: i32;
  rate: f32;
  share: f32;
  epsilon: f32;
}

// @ts-ignore: decorator
@unmanaged
export class AdagradStepOperands {
  parameter: usize;
  sum: usize;
  gradient: usize;
  count: i32;
  rate: f32;
  epsilon: f32;
}

// @ts-ignore: decorator
@unmanaged
export class AdamOperands {
  parameter: usize;
  m: usize;
  v: usize;
  gradient: usize;
  count: i32;
  rate: f32;
  beta1: f32;
  beta2: f32;
  epsilon: f32;
}

// @ts-ignore: decorator
@unmanaged
export class AdamWOperands {
  parameter: usize;
  m: usize;
  v: usize;
  gradient: usize;
  count: i32;
  rate: f32;
  share1: f32;
  share2: f32;
  epsilon: f32;
  decay: f32;
}

// @ts-ignore: decorator
@unmanaged
export class AddElementsOperands {
  a: usize;
  b: usize;
  count: i32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class AddScaledElementsOperands {
  a: usize;
  b: usize;
  count: i32;
  factor: f32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class AttentionBackwardOperands {
  gradient: usize;
  x: usize;
  hidden: usize;
  context: usize;
  weights: usize;
  batch: i32;
  time: i32;
  features: i32;
  units: i32;
  hiddenGradient: usize;
  shares: usize;
}

// @ts-ignore: decorator
@unmanaged
export class AttentionForwardOperands {
  x: usize;
  hidden: usize;
  bias: usize;
  context: usize;
  mask: usize;
  batch: i32;
  time: i32;
  features: i32;
  units: i32;
  weights: usize;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class AttentionInputGradientOperands {
  gradient: usize;
  weights: usize;
  batch: i32;
  time: i32;
  features: i32;
  result: usize;
}

// @ts-ignore: decorator
@unmanaged
export class ClipElementsOperands {
  x: usize;
  count: i32;
  limit: f32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class ConvolveForwardOperands {
  x: usize;
  kernel: usize;
  bias: usize;
  batch: i32;
  padded: i32;
  features: i32;
  filters: i32;
  size: i32;
  relu: i32;
  output: usize;
  scratch: usize;
  scratchBytes: i32;
}

// @ts-ignore: decorator
@unmanaged
export class ConvolveInputGradientOperands {
  gradient: usize;
  kernel: usize;
  mask: usize;
  batch: i32;
  time: i32;
  before: i32;
  padded: i32;
  features: i32;
  filters: i32;
  size: i32;
  result: usize;
  scratch: usize;
  scratchBytes: i32;
}

// @ts-ignore: decorator
@unmanaged
export class ConvolveKernelGradientOperands {
  x: usize;
  gradient: usize;
  batch: i32;
  padded: i32;
  features: i32;
  filters: i32;
  size: i32;
  kernelGradient: usize;
  biasGradient: usize;
  scratch: usize;
  scratchBytes: i32;
}

// @ts-ignore: decorator
@unmanaged
export class GatherTableRowsOperands {
  table: usize;
  ids: usize;
  count: i32;
  units: i32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class InputGradientOperands {
  plans: usize;
  kernel: usize;
  gateGradients: usize;
  packed: usize;
  gradient: usize;
  gates: i32;
  features: i32;
  units: i32;
  time: i32;
  scratch: usize;
  scratchBytes: i32;
}

// @ts-ignore: decorator
@unmanaged
export class LambDirectionOperands {
  m: usize;
  v: usize;
  gradient: usize;
  count: i32;
  share1: f32;
  share2: f32;
  correction1: f32;
  correction2: f32;
  epsilon: f32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class LimitColumnsOperands {
  weights: usize;
  rows: i32;
  columns: i32;
  limit: f32;
  factors: usize;
}

// @ts-ignore: decorator
@unmanaged
export class MergeDirectionsOperands {
  forward: usize;
  backward: usize;
  mask: usize;
  batch: i32;
  time: i32;
  units: i32;
  mode: i32;
  maskReversed: i32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class MomentumStepOperands {
  parameter: usize;
  velocity: usize;
  gradient: usize;
  count: i32;
  rate: f32;
  momentum: f32;
  nesterov: i32;
}

// @ts-ignore: decorator
@unmanaged
export class MoveElementsOperands {
  target: usize;
  value: usize;
  count: i32;
  share: f32;
}

// @ts-ignore: decorator
@unmanaged
export class MultiplyOperands {
  a: usize;
  b: usize;
  c: usize;
  rows: i32;
  columns: i32;
  depth: i32;
  transposeA: i32;
  transposeB: i32;
  scratch: usize;
  scratchBytes: i32;
}

// @ts-ignore: decorator
@unmanaged
export class NadamStepOperands {
  parameter: usize;
  m: usize;
  v: usize;
  gradient: usize;
  count: i32;
  rate: f32;
  share1: f32;
  share2: f32;
  ofMean: f32;
  ofGradient: f32;
  correction: f32;
  epsilon: f32;
}

// @ts-ignore: decorator
@unmanaged
export class NormalizeBackwardOperands {
  gradient: usize;
  x: usize;
  gamma: usize;
  rows: i32;
  columns: i32;
  epsilon: f32;
  result: usize;
  shares: usize;
  scratch: usize;
}

// @ts-ignore: decorator
@unmanaged
export class NormalizeForwardOperands {
  x: usize;
  gamma: usize;
  beta: usize;
  rows: i32;
  columns: i32;
  epsilon: f32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class PadSequencesOperands {
  x: usize;
  mask: usize;
  batch: i32;
  time: i32;
  features: i32;
  before: i32;
  padded: i32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class PoolBackwardOperands {
  gradient: usize;
  mask: usize;
  steps: usize;
  batch: i32;
  time: i32;
  features: i32;
  lastAt: i32;
  maximumAt: i32;
  meanAt: i32;
  width: i32;
  result: usize;
}

// @ts-ignore: decorator
@unmanaged
export class PoolForwardOperands {
  x: usize;
  mask: usize;
  batch: i32;
  time: i32;
  features: i32;
  lastAt: i32;
  maximumAt: i32;
  meanAt: i32;
  width: i32;
  output: usize;
  steps: usize;
}

// @ts-ignore: decorator
@unmanaged
export class RecurrentBackwardOperands {
  plans: usize;
  x: usize;
  recurrentKernel: usize;
  initialState: usize;
  initialCell: usize;
  recurrentMask: usize;
  zoneout: usize;
  cellZoneout: usize;
  states: usize;
  gates: usize;
  kept: usize;
  inputGates: usize;
  candidateGates: usize;
  entering: usize;
  stateGradients: usize;
  outputGradient: usize;
  finalGradient: usize;
  finalCellGradient: usize;
  inputSums: usize;
  initialGradient: usize;
  initialCellGradient: usize;
  shares: usize;
  cell: i32;
  features: i32;
  units: i32;
  time: i32;
  zoneoutRate: f32;
  cellZoneoutRate: f32;
  scratch: usize;
  scratchBytes: i32;
}

// @ts-ignore: decorator
@unmanaged
export class RecurrentForwardOperands {
  plans: usize;
  x: usize;
  kernel: usize;
  recurrentKernel: usize;
  bias: usize;
  initialState: usize;
  initialCell: usize;
  recurrentMask: usize;
  zoneout: usize;
  cellZoneout: usize;
  states: usize;
  gates: usize;
  kept: usize;
  output: usize;
  finalState: usize;
  finalCell: usize;
  table: usize;
  cell: i32;
  features: i32;
  units: i32;
  time: i32;
  zoneoutRate: f32;
  cellZoneoutRate: f32;
  scratch: usize;
  scratchBytes: i32;
}

// @ts-ignore: decorator
@unmanaged
export class ReluGradientOperands {
  gradient: usize;
  output: usize;
  count: i32;
  result: usize;
}

// @ts-ignore: decorator
@unmanaged
export class RmsPropStepOperands {
  parameter: usize;
  v: usize;
  mean: usize;
  steps: usize;
  gradient: usize;
  count: i32;
  rate: f32;
  share: f32;
  momentum: f32;
  epsilon: f32;
}

// @ts-ignore: decorator
@unmanaged
export class ScaleElementsOperands {
  x: usize;
  count: i32;
  factor: f32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class ScaleSequencesOperands {
  x: usize;
  scale: usize;
  batch: i32;
  time: i32;
  features: i32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class SplitDirectionsOperands {
  gradient: usize;
  forward: usize;
  backward: usize;
  mask: usize;
  batch: i32;
  time: i32;
  units: i32;
  mode: i32;
  maskReversed: i32;
  forwardGradient: usize;
  backwardGradient: usize;
}

// @ts-ignore: decorator
@unmanaged
export class SumSegmentsOperands {
  rows: usize;
  ids: usize;
  count: i32;
  units: i32;
  segments: i32;
  output: usize;
}

// @ts-ignore: decorator
@unmanaged
export class SumSquaresOperands {
  x: usize;
  count: i32;
  sums: usize;
}
