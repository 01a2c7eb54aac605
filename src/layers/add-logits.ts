import {
  add,
  type serialization,
  sigmoid,
  softmax,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import { registerClass } from './register-class.js';

export interface AddLogitsArgs {
  name?: string;
  activation: 'sigmoid' | 'softmax';
}

/**
 * The end of a classifier whose logits come from two layers: activation(one + other). Two inputs [batch, columns]; output
 * [batch, columns], probabilities. No weights.
 */
export class AddLogits extends layers.Layer {
  static readonly className = 'AddLogits';
  readonly activation: AddLogitsArgs['activation'];

  constructor(args: AddLogitsArgs) {
    super({ name: args.name });
    this.activation = args.activation;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape[])[0];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const logits = this.logits(inputs as Tensor[]);
      return this.activation === 'sigmoid' ? sigmoid(logits) : softmax(logits);
    });
  }

  /** What the layer computes before its activation: [batch, columns]. */
  logits([one, other]: readonly Tensor[]): Tensor2D {
    return add(one, other);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), activation: this.activation };
  }
}

/** Makes TF.js build this class wherever a model names `AddLogits`. */
export function registerAddLogits(): void {
  registerClass(AddLogits);
}
