import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import { add } from './add.js';
import { multiplyMatrices } from './multiply-matrices.js';
import { type KernelCall, runStock } from './stock.js';

/** Stock kernels of the activations that TF.js may fuse into a matrix product. */
const activationKernels: Record<string, string> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
};

/** TF.js' `_FusedMatMul`: activation(op(A) op(B) + bias). */
export function fusedMatMul(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { a, b, bias, preluActivationWeights } = call.inputs;
  const attrs = call.attrs ?? {};
  const activation = (attrs.activation as string | undefined) ?? 'linear';
  const steps: ((x: TensorInfo) => TensorInfo)[] = [];
  if (bias) steps.push((x) => add({ inputs: { a: x, b: bias }, backend }));
  if (activation !== 'linear') {
    const kernel = activationKernels[activation];
    if (!kernel)
      throw new Error(
        `_FusedMatMul: activation "${activation}" is not one of ${Object.keys(activationKernels).join(', ')}`,
      );
    const inputs = (x: TensorInfo) =>
      activation === 'prelu' ? { x, alpha: preluActivationWeights! } : { x };
    steps.push((x) => runStock(kernel, inputs(x), backend, { alpha: attrs.leakyreluAlpha as number }));
  }
  let result = multiplyMatrices(a!, b!, {
    transposeA: Boolean(attrs.transposeA),
    transposeB: Boolean(attrs.transposeB),
    backend,
  });
  for (const step of steps) {
    const next = step(result);
    backend.disposeIntermediateTensorInfo(result);
    result = next;
  }
  return result;
}
