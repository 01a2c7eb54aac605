// What each kernel is called with: one struct of 32-bit words in the shared memory, in this order. Kernels in both languages
// read it by name; scripts/kernel-structs.mjs writes their declarations, kernels/operands.ts and native/operands.h, from here.

/** An address in the shared memory, a signed integer, or a number of single precision. */
export type OperandType = 'address' | 'integer' | 'float';

const address = 'address';
const integer = 'integer';
const float = 'float';

export const kernelOperands = {
  adadeltaStep: {
    ...{ parameter: address, v: address, w: address, gradient: address },
    count: integer,
    ...{ rate: float, share: float, epsilon: float },
  },
  adagradStep: {
    ...{ parameter: address, sum: address, gradient: address },
    count: integer,
    ...{ rate: float, epsilon: float },
  },
  adam: {
    ...{ parameter: address, m: address, v: address, gradient: address },
    count: integer,
    ...{ rate: float, beta1: float, beta2: float, epsilon: float },
  },
  adamW: {
    ...{ parameter: address, m: address, v: address, gradient: address },
    count: integer,
    ...{ rate: float, share1: float, share2: float, epsilon: float, decay: float },
  },
  addElements: { a: address, b: address, count: integer, output: address },
  addScaledElements: { a: address, b: address, count: integer, factor: float, output: address },
  attentionBackward: {
    ...{ gradient: address, x: address, hidden: address, context: address, weights: address },
    ...{ batch: integer, time: integer, features: integer, units: integer },
    ...{ hiddenGradient: address, shares: address },
  },
  attentionForward: {
    ...{ x: address, hidden: address, bias: address, context: address, mask: address },
    ...{ batch: integer, time: integer, features: integer, units: integer },
    ...{ weights: address, output: address },
  },
  attentionInputGradient: {
    ...{ gradient: address, weights: address },
    ...{ batch: integer, time: integer, features: integer },
    result: address,
  },
  clipElements: { x: address, count: integer, limit: float, output: address },
  convolveForward: {
    ...{ x: address, kernel: address, bias: address },
    ...{ batch: integer, padded: integer, features: integer, filters: integer, size: integer, relu: integer },
    ...{ output: address, scratch: address, scratchBytes: integer },
  },
  convolveInputGradient: {
    ...{ gradient: address, kernel: address, mask: address },
    ...{ batch: integer, time: integer, before: integer, padded: integer, features: integer },
    ...{ filters: integer, size: integer },
    ...{ result: address, scratch: address, scratchBytes: integer },
  },
  convolveKernelGradient: {
    ...{ x: address, gradient: address },
    ...{ batch: integer, padded: integer, features: integer, filters: integer, size: integer },
    ...{ kernelGradient: address, biasGradient: address, scratch: address },
    scratchBytes: integer,
  },
  gatherTableRows: { table: address, ids: address, count: integer, units: integer, output: address },
  inputGradient: {
    ...{ plans: address, kernel: address, gateGradients: address, packed: address, gradient: address },
    ...{ gates: integer, features: integer, units: integer, time: integer },
    ...{ scratch: address, scratchBytes: integer },
  },
  lambDirection: {
    ...{ m: address, v: address, gradient: address },
    count: integer,
    ...{ share1: float, share2: float, correction1: float, correction2: float, epsilon: float },
    output: address,
  },
  limitColumns: { weights: address, rows: integer, columns: integer, limit: float, factors: address },
  mergeDirections: {
    ...{ forward: address, backward: address, mask: address },
    ...{ batch: integer, time: integer, units: integer, mode: integer, maskReversed: integer },
    output: address,
  },
  momentumStep: {
    ...{ parameter: address, velocity: address, gradient: address },
    count: integer,
    ...{ rate: float, momentum: float },
    nesterov: integer,
  },
  moveElements: { target: address, value: address, count: integer, share: float },
  multiply: {
    ...{ a: address, b: address, c: address },
    ...{ rows: integer, columns: integer, depth: integer, transposeA: integer, transposeB: integer },
    ...{ scratch: address, scratchBytes: integer },
  },
  nadamStep: {
    ...{ parameter: address, m: address, v: address, gradient: address },
    count: integer,
    ...{ rate: float, share1: float, share2: float, ofMean: float, ofGradient: float, correction: float },
    epsilon: float,
  },
  normalizeBackward: {
    ...{ gradient: address, x: address, gamma: address },
    ...{ rows: integer, columns: integer },
    epsilon: float,
    ...{ result: address, shares: address, scratch: address },
  },
  normalizeForward: {
    ...{ x: address, gamma: address, beta: address },
    ...{ rows: integer, columns: integer },
    epsilon: float,
    output: address,
  },
  padSequences: {
    ...{ x: address, mask: address },
    ...{ batch: integer, time: integer, features: integer, before: integer, padded: integer },
    output: address,
  },
  poolBackward: {
    ...{ gradient: address, mask: address, steps: address },
    ...{ batch: integer, time: integer, features: integer, lastAt: integer, maximumAt: integer },
    ...{ meanAt: integer, width: integer },
    result: address,
  },
  poolForward: {
    ...{ x: address, mask: address },
    ...{ batch: integer, time: integer, features: integer, lastAt: integer, maximumAt: integer },
    ...{ meanAt: integer, width: integer },
    ...{ output: address, steps: address },
  },
  recurrentBackward: {
    ...{ plans: address, x: address, recurrentKernel: address, initialState: address, initialCell: address },
    ...{ recurrentMask: address, zoneout: address, cellZoneout: address },
    ...{ states: address, gates: address, kept: address },
    ...{ inputGates: address, candidateGates: address, entering: address, stateGradients: address },
    ...{ outputGradient: address, finalGradient: address, finalCellGradient: address },
    ...{ inputSums: address, initialGradient: address, initialCellGradient: address, shares: address },
    ...{ cell: integer, features: integer, units: integer, time: integer },
    ...{ zoneoutRate: float, cellZoneoutRate: float },
    ...{ scratch: address, scratchBytes: integer },
  },
  recurrentForward: {
    ...{ plans: address, x: address, kernel: address, recurrentKernel: address, bias: address },
    ...{ initialState: address, initialCell: address },
    ...{ recurrentMask: address, zoneout: address, cellZoneout: address },
    ...{ states: address, gates: address, kept: address },
    ...{ output: address, finalState: address, finalCell: address, table: address },
    ...{ cell: integer, features: integer, units: integer, time: integer },
    ...{ zoneoutRate: float, cellZoneoutRate: float },
    ...{ scratch: address, scratchBytes: integer },
  },
  reluGradient: { gradient: address, output: address, count: integer, result: address },
  rmsPropStep: {
    ...{ parameter: address, v: address, mean: address, steps: address, gradient: address },
    count: integer,
    ...{ rate: float, share: float, momentum: float, epsilon: float },
  },
  scaleElements: { x: address, count: integer, factor: float, output: address },
  scaleSequences: {
    ...{ x: address, scale: address },
    ...{ batch: integer, time: integer, features: integer },
    output: address,
  },
  splitDirections: {
    ...{ gradient: address, forward: address, backward: address, mask: address },
    ...{ batch: integer, time: integer, units: integer, mode: integer, maskReversed: integer },
    ...{ forwardGradient: address, backwardGradient: address },
  },
  sumSegments: {
    ...{ rows: address, ids: address },
    ...{ count: integer, units: integer, segments: integer },
    output: address,
  },
  sumSquares: { x: address, count: integer, sums: address },
} as const satisfies Readonly<Record<string, Readonly<Record<string, OperandType>>>>;

/** A kernel that all threads run at once, each its part. */
export type KernelName = keyof typeof kernelOperands;

/** The operands of a kernel, by name; a boolean is 0 or 1. */
export type OperandsOf<Name extends KernelName> = Readonly<
  Record<keyof (typeof kernelOperands)[Name], number>
>;
