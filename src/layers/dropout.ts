import { mul, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { DropoutLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/core.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { dropoutMask } from './dropout-mask.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';
import { StockDropout } from './stock-classes.js';

/**
 * TF.js' `Dropout` layer, whose masks are drawn from the `Random` that a training loop passes as `kwargs.random`, so
 * that a training can be repeated and resumed. Class name and config are the stock ones; with a `noiseShape` or a `seed`
 * of its own the layer does what the stock one does.
 *
 * Input and output [batch, ...]. Drops only where `kwargs.training` is true.
 */
export class Dropout extends StockDropout {
  static readonly className = 'Dropout';
  private readonly asStock: boolean;

  constructor(args: DropoutLayerArgs) {
    super(args);
    this.asStock = args.noiseShape != null || args.seed != null;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    const x = singleTensor(inputs);
    const { rate } = this as unknown as { rate: number };
    if (!kwargs?.training || rate <= 0 || rate >= 1) return x;
    if (this.asStock) return super.call(inputs, kwargs);
    const [batch] = x.shape;
    return tidy(() => {
      const mask = dropoutMask([batch, x.size / batch], { rate, random: kwargs.random });
      return mul(x, reshape(mask, x.shape));
    });
  }
}

/** Makes TF.js build this class wherever a model names `Dropout`. */
export function registerDropout(): void {
  registerClass(Dropout);
}
