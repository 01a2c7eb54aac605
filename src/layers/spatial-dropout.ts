import { type Tensor, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { dropoutMask } from './dropout-mask.js';
import { registerClass } from './register-class.js';
import { scaleSequences } from './scale-sequences.js';
import { singleTensor } from './single-tensor.js';
import { StockSpatialDropout1D } from './stock-classes.js';

/**
 * TF.js' `SpatialDropout1D` layer: drops whole features of a sequence, the same ones at every time step (Tompson et al.
 * 2015; with an embedding in front of it, the input dropout of Gal & Ghahramani 2016). Masks are drawn from
 * `kwargs.random`, as in `Dropout`; class name and config are the stock ones.
 *
 * Input and output [batch, time, features]; the mask of the input goes through.
 */
export class SpatialDropout1D extends StockSpatialDropout1D {
  static readonly className = 'SpatialDropout1D';

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    const x = singleTensor(inputs) as Tensor3D;
    const { rate } = this as unknown as { rate: number };
    if (!kwargs?.training || rate <= 0 || rate >= 1) return x;
    const [batch, , features] = x.shape;
    return tidy(() => scaleSequences(x, dropoutMask([batch, features], { rate, random: kwargs.random })));
  }
}

/** Makes TF.js build this class wherever a model names `SpatialDropout1D`. */
export function registerSpatialDropout(): void {
  registerClass(SpatialDropout1D);
}
