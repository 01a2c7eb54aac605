import { pad, reshape, type serialization, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';

export type CutPiecesArgs = LayerArgs & {
  /** Steps of a piece. */
  length: number;
};

/**
 * Cuts sequences into pieces of so many steps, which are then read side by side, as rows of their own: a text of 400 words
 * is 50 steps long instead of 400 (the long texts of oh-LSTM, Johnson & Zhang 2016, section 3.1, are cut likewise).
 *
 * Input ids [batch, time], int32; output [batch * pieces, length], the last piece filled up with 0. No weights. TF.js has no
 * layer of this kind: a saved model needs `registerLayers`.
 */
export class CutPieces extends layers.Layer {
  static readonly className = 'CutPieces';
  private readonly length: number;

  constructor(args: CutPiecesArgs) {
    super(args);
    this.length = args.length;
    this.inputSpec = [{ ndim: 2 }];
  }

  override computeOutputShape(): Shape {
    return [null, this.length];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const ids = singleTensor(inputs) as Tensor2D;
    const rest = ids.shape[1] % this.length;
    const filling: [number, number][] = [
      [0, 0],
      [0, this.length - rest],
    ];
    const whole = rest === 0 ? ids : pad(ids, filling);
    return reshape(whole, [-1, this.length]);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), length: this.length };
  }
}

/**
 * Puts what was made of pieces together again, in the order in which {@link CutPieces} has cut them.
 *
 * Inputs: states [batch * pieces, length, features], their mask [batch * pieces, length], and the ids [batch, time] that
 * were cut; output [batch, pieces * length, features], and a mask alike. No weights.
 */
export class JoinPieces extends layers.Layer {
  static readonly className = 'JoinPieces';

  constructor(args: LayerArgs = {}) {
    super(args);
    this.supportsMasking = true;
  }

  override computeOutputShape([states, ids]: Shape[]): Shape {
    return [ids[0], null, states[2]];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [states, ids] = inputs as Tensor[];
    return reshape(states, [ids.shape[0], -1, states.shape[2]!]);
  }

  override computeMask(inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    const [ofStates] = [mask ?? []].flat();
    const [, ids] = inputs as Tensor[];
    return ofStates ? reshape(ofStates, [ids.shape[0], -1]) : (null as unknown as Tensor);
  }
}

/** Makes TF.js build these classes wherever a model names them. */
export function registerPieces(): void {
  registerClass(CutPieces);
  registerClass(JoinPieces);
}
