import {
  add,
  cast,
  conv1d,
  customGrad,
  expandDims,
  mul,
  pad,
  relu,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { type ConvolutionAttributes, fusedKernels } from '../backends/fused-kernels.js';
import { hasKernel, runKernel } from './fused-kernel.js';

export type Padding = 'valid' | 'same' | 'causal';

export interface ConvolveOptions {
  /** [size, features, filters] */
  kernel: Tensor;
  /** [filters] */
  bias?: Tensor;
  /** [batch, time]: where it is 0, the step counts as zeros. */
  mask?: Tensor;
  padding: Padding;
  /** Whether only the positive part of the result is kept. */
  relu: boolean;
}

/** Zeros that are put before and behind sequences of `time` steps, so that there is at least one window. */
export function paddingOf(padding: Padding, size: number, time: number): { before: number; after: number } {
  if (padding === 'valid') return { before: 0, after: Math.max(0, size - time) };
  const before = padding === 'causal' ? size - 1 : Math.floor((size - 1) / 2);
  return { before, after: size - 1 - before };
}

/**
 * A convolution over time: each window of `size` steps times the kernel, windows one step apart (Keras' `Conv1D` with
 * strides and dilation of 1). `same` and `causal` give as many steps as x has, `valid` gives size - 1 fewer; sequences
 * shorter than a window are filled up with zeros to one.
 *
 * @param x [batch, time, features]
 * @returns [batch, steps, filters]; differentiable by x, kernel and bias
 */
export function convolve(x: Tensor, options: ConvolveOptions): Tensor3D {
  const { kernel, bias, mask, padding } = options;
  const around = paddingOf(padding, kernel.shape[0], x.shape[1]!);
  if (!hasKernel(fusedKernels.convolution)) return composedConvolution(x, options, around);
  const attributes: ConvolutionAttributes = { ...around, relu: options.relu };
  const given = [x, kernel, bias].filter((tensor) => tensor !== undefined);
  const operation = customGrad((...parameters) => {
    const save = parameters[given.length] as unknown as (tensors: Tensor[]) => void;
    const [value] = runKernel(fusedKernels.convolution, { x, kernel, bias, mask }, attributes);
    save([x, kernel, value, ...(mask ? [mask] : [])]);
    const gradFunc = (gradient: Tensor, [savedX, savedKernel, output, savedMask]: Tensor[]) => {
      const inputs = { gradient, x: savedX, kernel: savedKernel, output, mask: savedMask };
      return runKernel(fusedKernels.convolutionGradient, inputs, attributes).slice(0, given.length);
    };
    return { value, gradFunc };
  });
  return operation(...given) as Tensor3D;
}

function composedConvolution(
  x: Tensor,
  options: ConvolveOptions,
  { before, after }: { before: number; after: number },
): Tensor3D {
  const { kernel, bias, mask } = options;
  const kept = mask ? mul(x, expandDims(cast(mask, 'float32'), 2)) : x;
  const padded = pad(kept, [
    [0, 0],
    [before, after],
    [0, 0],
  ]) as Tensor3D;
  let result = conv1d(padded, kernel as Tensor3D, 1, 'valid');
  if (bias) result = add(result, bias);
  return options.relu ? relu(result) : result;
}
