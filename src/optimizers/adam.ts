import { add, div, mul, sqrt, square, sub, tidy, type Variable } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { changeInPlace } from './change-in-place.js';
import { movingMean } from './moving-mean.js';
import { Optimizer, type Update } from './optimizer.js';

export interface AdamOptions {
  /** Default 0.001. */
  learningRate?: number;
  /** Decay of the mean of gradients; default 0.9. */
  beta1?: number;
  /** Decay of the mean of squared gradients; default 0.999. */
  beta2?: number;
  /** Default 1e-7, as in Keras. */
  epsilon?: number;
}

/** The means of the gradients and of their squares. */
export type Moment = 'm' | 'v';

/**
 * Adam (Kingma & Ba 2015) in Keras' form, optimizers/adam.py:
 *   w -= learningRate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
 * TF.js' own optimizer adds epsilon to the bias-corrected root instead, which moves small gradients differently. Where
 * the backend has the fused kernel, one pass over the memory updates w, m and v in place.
 *
 * Usable wherever TF.js takes an optimizer: `model.compile({ optimizer: new Adam(), ... })`.
 */
export class Adam extends Optimizer<Moment> {
  static readonly className: string = 'Adam';
  protected readonly slotNames = ['m', 'v'] as const;
  protected readonly beta1: number;
  protected readonly beta2: number;
  protected readonly epsilon: number;

  constructor({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamOptions = {}) {
    super(learningRate);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  override getConfig(): { learningRate: number; beta1: number; beta2: number; epsilon: number } {
    const { learningRate, beta1, beta2, epsilon } = this;
    return { learningRate, beta1, beta2, epsilon };
  }

  protected override update(update: Update<Moment>): void {
    const { parameter, gradient, slots, step } = update;
    const attributes = this.attributesOf(step);
    const isFused = changeInPlace(fusedKernels.adam, {
      changed: { parameter, ...slots },
      read: { gradient },
      attributes,
    });
    if (!isFused) this.updateComposed(update, attributes.rate);
  }

  /** What the fused kernels are told of a step: the correction of the moments' bias is part of the rate. */
  protected attributesOf(step: number): { rate: number; beta1: number; beta2: number; epsilon: number } {
    const { beta1, beta2, epsilon } = this;
    const rate = (this.learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    return { rate, beta1, beta2, epsilon };
  }

  private updateComposed({ parameter, gradient, slots }: Update<Moment>, rate: number): void {
    tidy(() => {
      const m = movingMean(slots.m, gradient, this.beta1);
      const v = movingMean(slots.v, square(gradient), this.beta2);
      slots.m.assign(m as Variable);
      slots.v.assign(v as Variable);
      parameter.assign(sub(parameter, div(mul(m, rate), add(sqrt(v), this.epsilon))) as Variable);
    });
  }
}
