import type { Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { inputMask } from './input-mask.js';
import { poolSequences } from './pool-sequences.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';

/**
 * The concat pooling of ULMFiT (Howard & Ruder 2018, section 3.3): the state at the last step that counts, the maximum
 * of each feature and the mean, side by side.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, 3 * features]: zeros for a row without any step that
 * counts. No weights. TF.js has no layer of this kind: a saved model needs `registerLayers`.
 */
export class LastMaxMeanPooling extends layers.Layer {
  static readonly className = 'LastMaxMeanPooling';

  constructor(args: LayerArgs = {}) {
    super(args);
    this.supportsMasking = true;
    this.inputSpec = [{ ndim: 3 }];
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [inputShape[0], 3 * inputShape[2]!];
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor {
    const x = singleTensor(inputs);
    return poolSequences(x, { parts: 'lastMaxMean', mask: inputMask(x, kwargs) });
  }

  override computeMask(): Tensor {
    return null as unknown as Tensor;
  }
}

/** Makes TF.js build this class wherever a model names `LastMaxMeanPooling`. */
export function registerLastMaxMeanPooling(): void {
  registerClass(LastMaxMeanPooling);
}
