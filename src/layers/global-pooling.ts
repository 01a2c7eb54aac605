import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { inputMask } from './input-mask.js';
import { poolSequences } from './pool-sequences.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';
import { StockGlobalAveragePooling1D, StockGlobalMaxPooling1D } from './stock-classes.js';

/**
 * TF.js' `GlobalAveragePooling1D`, with masks, as Keras has it: the mean of the steps that count. TF.js' own takes padding
 * for steps; hence a class name of its own.
 *
 * Input [batch, time, features], output [batch, features]: zeros for a row without any step that counts.
 */
export class MaskedAveragePooling1D extends StockGlobalAveragePooling1D {
  static readonly className = 'MaskedAveragePooling1D';

  constructor(args: LayerArgs = {}) {
    super(args);
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor {
    const x = singleTensor(inputs);
    return poolSequences(x, { parts: 'mean', mask: inputMask(x, kwargs) });
  }

  override computeMask(): Tensor {
    return null as unknown as Tensor;
  }
}

/**
 * TF.js' `GlobalMaxPooling1D`, with masks: the maximum of each feature over the steps that count (Keras' layer of that
 * name, and TF.js', see masked steps, too; hence a class name of its own).
 *
 * Input [batch, time, features], output [batch, features]: zeros for a row without any step that counts.
 */
export class MaskedMaxPooling1D extends StockGlobalMaxPooling1D {
  static readonly className = 'MaskedMaxPooling1D';

  constructor(args: LayerArgs = {}) {
    super(args);
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor {
    const x = singleTensor(inputs);
    return poolSequences(x, { parts: 'max', mask: inputMask(x, kwargs) });
  }

  override computeMask(): Tensor {
    return null as unknown as Tensor;
  }
}

/** Makes TF.js build these classes wherever a model names them. */
export function registerGlobalPooling(): void {
  registerClass(MaskedAveragePooling1D);
  registerClass(MaskedMaxPooling1D);
}
