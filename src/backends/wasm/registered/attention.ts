import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { AttentionGradientInputs, AttentionInputs } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import { withMaskBytes } from './mask-bytes.js';
import { multiplyMatrices } from './multiply-matrices.js';
import type { KernelCall } from './stock.js';
import { sumThreadShares } from './sum-thread-shares.js';

/** The kernel `fusedKernels.attention`. @returns [output [batch, features], weights [batch, time], u [batch, time, A]] */
export function attention(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const { x, kernel, bias, context, mask } = call.inputs as unknown as AttentionInputs;
  const [batch, time, features] = x.shape;
  const units = kernel.shape[1];
  const flat = { ...x, shape: [batch * time, features] };
  const hidden = multiplyMatrices(flat, kernel, { transposeA: false, transposeB: false, backend });
  const weights = backend.makeOutputInfo([batch, time], 'float32');
  const output = backend.makeOutputInfo([batch, features], 'float32');
  withMaskBytes(mask, backend, (bytes) => {
    runtime.run('attentionForward', runtime.threadsFor(batch * time * features), {
      x: backend.address(x),
      hidden: backend.address(hidden),
      bias: backend.address(bias),
      context: backend.address(context),
      mask: bytes,
      batch,
      time,
      features,
      units,
      weights: weights.address,
      output: output.address,
    });
  });
  return [output.info, weights.info, { ...hidden, shape: [batch, time, units] }];
}

/** The kernel `fusedKernels.attentionGradient`. @returns gradients by [x, kernel, bias, context] */
export function attentionGradient(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const inputs = call.inputs as unknown as AttentionGradientInputs;
  const { gradient, x, kernel, context, hidden, weights } = inputs;
  const [batch, time, features] = x.shape;
  const units = kernel.shape[1];
  const address = (tensor: TensorInfo) => backend.address(tensor);
  const sizes = { batch, time, features };
  const sources = { gradient: address(gradient), weights: address(weights) };
  const bias = backend.makeOutputInfo([units], 'float32');
  const contextGradient = backend.makeOutputInfo(context.shape, 'float32');
  const product = backend.makeOutputInfo([batch * time, units], 'float32');
  const threads = runtime.threadsFor(batch * time * features);
  runtime.withScratch(4 * threads * 2 * units, (shares) => {
    runtime.run('attentionBackward', threads, {
      ...sources,
      x: address(x),
      hidden: address(hidden),
      context: address(context),
      ...sizes,
      units,
      hiddenGradient: product.address,
      shares,
    });
    const targets = [bias.address, contextGradient.address];
    sumThreadShares(shares, targets, { threads, count: units, runtime });
  });
  const flat = { ...x, shape: [batch * time, features] };
  const kernelGradient = multiplyMatrices(flat, product.info, {
    transposeA: true,
    transposeB: false,
    backend,
  });
  const result = multiplyMatrices(product.info, kernel, { transposeA: false, transposeB: true, backend });
  backend.disposeIntermediateTensorInfo(product.info);
  runtime.run('attentionInputGradient', threads, { ...sources, ...sizes, result: address(result) });
  return [{ ...result, shape: x.shape }, kernelGradient, bias.info, contextGradient.info];
}
