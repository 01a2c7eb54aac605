import { logicalOr, type Tensor } from '@tensorflow/tfjs-core';
import type { LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import { registerClass } from './register-class.js';
import { StockAdd } from './stock-classes.js';

/**
 * TF.js' `Add` layer, the one of residual connections, whose mask has the shape of its inputs' masks [batch, time]: the
 * stock layer gives it a dimension too many. As in Keras, a step counts that counts in any input, and there is no mask
 * unless every input has one. Config is the stock one; the class has a name of its own, since the stock one throws on masks
 * or hands on wrong ones.
 */
export class MaskedAdd extends StockAdd {
  static readonly className = 'MaskedAdd';

  constructor(args: LayerArgs = {}) {
    super(args);
  }

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    const masks = [mask ?? []].flat();
    if (masks.length === 0 || masks.some((one) => one == null)) return null as unknown as Tensor;
    return masks.reduce((any, one) => (one === any ? any : logicalOr(any, one)));
  }
}

/** Makes TF.js build this class wherever a model names `MaskedAdd`. */
export function registerAdd(): void {
  registerClass(MaskedAdd);
}
