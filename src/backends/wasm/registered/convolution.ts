import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes, ConvolutionInputs } from '../../fused-kernels.js';
import type { KernelRuntime } from '../runtime.js';
import type { WasmBackend } from '../wasm-backend.js';
import { withMaskBytes } from './mask-bytes.js';
import type { KernelCall } from './stock.js';

interface Sizes {
  batch: number;
  time: number;
  features: number;
  filters: number;
  size: number;
  /** Steps with the zeros around them, and the zeros before them. */
  padded: number;
  before: number;
  /** Windows of a row. */
  steps: number;
  threads: number;
}

function sizesOf(
  { x, kernel }: ConvolutionInputs,
  attributes: ConvolutionAttributes,
  runtime: KernelRuntime,
): Sizes {
  const [batch, time, features] = x.shape;
  const [size, , filters] = kernel.shape;
  const { before, after } = attributes;
  const padded = before + time + after;
  const steps = padded - size + 1;
  const work = batch * steps * size * features * filters;
  const sizes = { batch, time, features, filters, size, padded, before, steps };
  return { ...sizes, threads: runtime.threadsFor(work) };
}

/** Hands the address of the padded sequences, without what is masked, to `use`. */
function withPadded<Result>(
  { x, mask }: ConvolutionInputs,
  { sizes, backend }: { sizes: Sizes; backend: WasmBackend },
  use: (address: number) => Result,
): Result {
  const { batch, time, features, before, padded, threads } = sizes;
  const { runtime } = backend;
  if (!mask && padded === time) return use(backend.address(x));
  return runtime.withScratch(4 * batch * padded * features, (target) => {
    withMaskBytes(mask, backend, (bytes) => {
      runtime.run('padSequences', threads, {
        x: backend.address(x),
        mask: bytes,
        batch,
        time,
        features,
        before,
        padded,
        output: target,
      });
    });
    return use(target);
  });
}

/** The kernel `fusedKernels.convolution`. @returns [batch, steps, filters] */
export function convolution(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const inputs = call.inputs as unknown as ConvolutionInputs;
  const attributes = call.attrs as ConvolutionAttributes;
  const sizes = sizesOf(inputs, attributes, runtime);
  const { batch, features, filters, size, padded, steps, threads } = sizes;
  const { info, address } = backend.makeOutputInfo([batch, steps, filters], 'float32');
  const scratchBytes = runtime.kernels.convolutionScratchBytes(size, features, filters);
  withPadded(inputs, { sizes, backend }, (x) =>
    runtime.withScratch(threads * scratchBytes, (scratch) => {
      runtime.run('convolveForward', threads, {
        x,
        kernel: backend.address(inputs.kernel),
        bias: inputs.bias ? backend.address(inputs.bias) : 0,
        batch,
        padded,
        features,
        filters,
        size,
        relu: Number(attributes.relu),
        output: address,
        scratch,
        scratchBytes,
      });
    }),
  );
  return info;
}

/** The kernel `fusedKernels.convolutionGradient`. @returns gradients by [x, kernel, bias] */
export function convolutionGradient(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const inputs = call.inputs as unknown as ConvolutionInputs & { gradient: TensorInfo; output: TensorInfo };
  const attributes = call.attrs as ConvolutionAttributes;
  const sizes = sizesOf(inputs, attributes, runtime);
  const { batch, filters, steps, threads } = sizes;
  const count = batch * steps * filters;
  const gradient = backend.address(inputs.gradient);
  if (!attributes.relu) return gradients(inputs, { sizes, backend, gradient });
  return runtime.withScratch(4 * count, (inner) => {
    const output = backend.address(inputs.output);
    runtime.run('reluGradient', threads, { gradient, output, count, result: inner });
    return gradients(inputs, { sizes, backend, gradient: inner });
  });
}

/** @param options.gradient address of the gradient of the sums before the activation */
function gradients(
  inputs: ConvolutionInputs,
  options: { sizes: Sizes; backend: WasmBackend; gradient: number },
): TensorInfo[] {
  const { sizes, backend, gradient } = options;
  const { batch, time, features, filters, size, padded, before, threads } = sizes;
  const { runtime } = backend;
  const byX = backend.makeOutputInfo(inputs.x.shape, 'float32');
  const byKernel = backend.makeOutputInfo(inputs.kernel.shape, 'float32');
  const byBias = backend.makeOutputInfo([filters], 'float32');
  const form = { batch, padded, features, filters, size };
  const kernelScratch = runtime.kernels.convolutionKernelScratchBytes(filters);
  withPadded(inputs, { sizes, backend }, (x) =>
    runtime.withScratch(threads * kernelScratch, (scratch) => {
      runtime.run('convolveKernelGradient', threads, {
        x,
        gradient,
        ...form,
        kernelGradient: byKernel.address,
        biasGradient: byBias.address,
        scratch,
        scratchBytes: kernelScratch,
      });
    }),
  );
  const inputScratch = runtime.kernels.convolutionInputScratchBytes(size, features, filters, padded);
  runtime.withScratch(threads * inputScratch, (scratch) =>
    withMaskBytes(inputs.mask, backend, (mask) => {
      runtime.run('convolveInputGradient', threads, {
        gradient,
        kernel: backend.address(inputs.kernel),
        mask,
        ...form,
        time,
        before,
        result: byX.address,
        scratch,
        scratchBytes: inputScratch,
      });
    }),
  );
  return [byX.info, byKernel.info, byBias.info];
}
