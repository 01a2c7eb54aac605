import { add, customGrad, div, mean, mul, sqrt, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayerNormalizationLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/normalization.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { fusedKernels } from '../backends/fused-kernels.js';
import { hasKernel, runKernel } from './fused-kernel.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';
import { StockLayerNormalization } from './stock-classes.js';

/** What TF.js' declarations keep to themselves. */
interface Settings {
  axis: number | number[];
  gamma: LayerVariable | null;
  beta: LayerVariable | null;
}

/**
 * TF.js' `LayerNormalization` (Ba, Kiros & Hinton 2016), as one operation where the backend has the kernel and the last
 * axis is normalized. Class name, config (epsilon 1e-3 by default, as in Keras), weights and saved files are the stock
 * ones; a mask goes through.
 *
 * Input and output [..., features]; weights `gamma` and `beta` [features].
 */
export class LayerNormalization extends StockLayerNormalization {
  static readonly className = 'LayerNormalization';

  constructor(args: LayerNormalizationLayerArgs = {}) {
    super(args);
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    const x = singleTensor(inputs);
    const { axis, gamma, beta } = this as unknown as Settings;
    const overLast = [axis].flat().every((index) => index === x.rank - 1);
    if (!overLast) return super.call(inputs, kwargs);
    const options = { gamma: gamma?.read(), beta: beta?.read(), epsilon: this.epsilon };
    return hasKernel(fusedKernels.layerNormalization)
      ? fusedNormalization(x, options)
      : tidy(() => composedNormalization(x, options));
  }
}

interface NormalizationOptions {
  gamma?: Tensor;
  beta?: Tensor;
  epsilon: number;
}

/** Of basic operations: TF.js' own form has no gradient where gamma or beta is missing. */
function composedNormalization(x: Tensor, { gamma, beta, epsilon }: NormalizationOptions): Tensor {
  const distances = sub(x, mean(x, -1, true));
  const variance = mean(square(distances), -1, true);
  let result = div(distances, sqrt(add(variance, epsilon))) as Tensor;
  if (gamma) result = mul(result, gamma);
  return beta ? add(result, beta) : result;
}

/** One operation, differentiable by x, gamma and beta. */
function fusedNormalization(x: Tensor, { gamma, beta, epsilon }: NormalizationOptions): Tensor {
  const given = [x, gamma, beta].filter((tensor) => tensor !== undefined);
  const operation = customGrad((...parameters) => {
    const save = parameters[given.length] as unknown as (tensors: Tensor[]) => void;
    const [value] = runKernel(fusedKernels.layerNormalization, { x, gamma, beta }, { epsilon });
    save(gamma ? [x, gamma] : [x]);
    const gradFunc = (gradient: Tensor, [savedX, savedGamma]: Tensor[]) => {
      const inputs = { gradient, x: savedX, gamma: savedGamma };
      const [byX, byGamma, byBeta] = runKernel(fusedKernels.layerNormalizationGradient, inputs, { epsilon });
      return [byX, ...(gamma ? [byGamma] : []), ...(beta ? [byBeta] : [])];
    };
    return { value, gradFunc };
  });
  return operation(...given);
}

/** Makes TF.js build this class wherever a model names `LayerNormalization`. */
export function registerLayerNormalization(): void {
  registerClass(LayerNormalization);
}
