// Every export `f(thread, threads, operands)` is a kernel: all threads call it at once, each does its part. What it is called
// with lies in the shared memory; operands.ts has its form. The others (`...Bytes`, `sumShares`) take numbers, and are called
// by the main thread alone.
export { adam, adamW } from './adam';
export { adadeltaStep, adagradStep, lambDirection, nadamStep, rmsPropStep } from './adaptive';
export { attentionBackward, attentionForward, attentionInputGradient } from './attention';
export {
  convolutionInputScratchBytes,
  convolutionKernelScratchBytes,
  convolutionScratchBytes,
  convolveForward,
  convolveInputGradient,
  convolveKernelGradient,
  padSequences,
  reluGradient,
} from './convolution';
export { mergeDirections, splitDirections } from './directions';
export {
  addElements,
  addScaledElements,
  clipElements,
  moveElements,
  scaleElements,
  scaleSequences,
} from './elements';
export { gatherTableRows, sumSegments } from './embedding';
export { sumShares } from './gates';
export { inputGradient, inputGradientScratchBytes } from './input-gradient';
export { momentumStep } from './momentum';
export { multiply, multiplyScratchBytes } from './multiply';
export { limitColumns, sumSquares, sumSquaresBytes } from './norms';
export { recurrentForward, recurrentScratchBytes } from './recurrent';
export { recurrentBackward, recurrentGradientScratchBytes } from './recurrent-gradient';
export { shareBytes } from './weight-gradients';
export { normalizeBackward, normalizeForward } from './normalization';
export { poolBackward, poolForward } from './pooling';
