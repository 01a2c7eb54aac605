import {
  cast,
  div,
  matMul,
  maximum,
  mean,
  reshape,
  serialization,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { StockGlobalAveragePooling1D } from './stock-classes.js';

/**
 * TF.js' `GlobalAveragePooling1D` layer that heeds a mask, as Keras' does: the mean over the time steps that are not
 * padding. A row without any has the mean 0.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, features].
 */
export class GlobalAveragePooling1D extends StockGlobalAveragePooling1D {
  static readonly className = 'GlobalAveragePooling1D';

  constructor(args: ConstructorParameters<typeof StockGlobalAveragePooling1D>[0]) {
    super(args);
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor3D;
    const mask = kwargs?.mask as Tensor | Tensor[] | undefined;
    const steps = Array.isArray(mask) ? mask[0] : mask;
    if (!steps) return mean(x, 1);
    return tidy(() => {
      const weights = cast(steps, 'float32');
      const [batch, time, features] = x.shape;
      // [batch, 1, time] x [batch, time, features]
      const sums = matMul(reshape(weights, [batch, 1, time]), x);
      return div(reshape(sums, [batch, features]), maximum(sum(weights, 1, true), 1));
    });
  }

  override computeMask(): Tensor {
    return null as unknown as Tensor;
  }
}

/** Makes TF.js build this class wherever a model names `GlobalAveragePooling1D`. */
export function registerGlobalAveragePooling(): void {
  serialization.registerClass(
    GlobalAveragePooling1D as unknown as serialization.SerializableConstructor<serialization.Serializable>,
  );
}
