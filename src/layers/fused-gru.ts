import { customGrad, engine, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { fusedKernels, type GruAttributes } from '../backends/fused-kernels.js';

export interface FusedGruOptions {
  /** [batch, time, features] */
  x: Tensor;
  /** [features, 3 * units], gates in the order z, r, candidate */
  kernel: Tensor;
  /** [units, 3 * units] */
  recurrentKernel: Tensor;
  /** [3 * units], or [2, 3 * units] where `resetAfter` */
  bias?: Tensor;
  /** [batch, units] */
  initialState?: Tensor;
  /** [batch, time]; a step where it is 0 keeps the state and repeats the output */
  mask?: Tensor;
  resetAfter: boolean;
  goBackwards: boolean;
  returnSequences: boolean;
}

/**
 * A GRU over whole sequences as one differentiable operation of a backend that has `fusedKernels.gru`.
 *
 * @returns the final state [batch, units], or the states at every step [batch, time, units] where `returnSequences`
 */
export function fusedGru(options: FusedGruOptions): Tensor {
  const { x, kernel, recurrentKernel, bias, initialState, mask, returnSequences } = options;
  const { resetAfter, goBackwards } = options;
  const differentiable = [x, kernel, recurrentKernel, bias, initialState].filter(
    (tensor) => tensor !== undefined,
  );
  const named = (tensors: Record<string, Tensor | undefined>) =>
    Object.fromEntries(
      Object.entries(tensors).filter(([, tensor]) => tensor !== undefined),
    ) as NamedTensorMap;
  const attributes: GruAttributes = {
    resetAfter,
    goBackwards,
    returnSequences,
    // Outside of gradient computations the kernel saves itself the writing and the memory.
    keepForGradient: engine().state.gradientDepth > 0,
  };
  const inputs = named({ x, kernel, recurrentKernel, bias, initialState, mask });

  const operation = customGrad((...parameters) => {
    const save = parameters[differentiable.length] as unknown as (tensors: Tensor[]) => void;
    const results = engine().runKernel(fusedKernels.gru, inputs, attributes) as unknown as Tensor[];
    const value = results[returnSequences ? 1 : 0];
    if (returnSequences) results[0].dispose();
    save([...(Object.values(inputs) as Tensor[]), ...results.slice(returnSequences ? 2 : 1)]);
    const names = Object.keys(inputs);
    const gradFunc = (gradient: Tensor, saved: Tensor[]): Tensor[] => {
      const savedInputs = Object.fromEntries(names.map((name, i) => [name, saved[i]]));
      const [states, gates, inner] = saved.slice(names.length);
      const gradients = { [returnSequences ? 'outputGradient' : 'finalGradient']: gradient };
      const kernelInputs = { ...savedInputs, states, gates, inner, ...gradients };
      return engine().runKernel(fusedKernels.gruGradient, kernelInputs, attributes) as unknown as Tensor[];
    };
    return { value, gradFunc };
  });
  return operation(...differentiable);
}
