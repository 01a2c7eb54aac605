import { add, div, mul, sqrt, square, sub, tidy, type Variable } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { Adam, type Moment } from './adam.js';
import { changeInPlace } from './change-in-place.js';
import { movingMean } from './moving-mean.js';
import type { Update } from './optimizer.js';

/** Of the share of momentum, by step: Keras' `0.96`, Dozat's value. */
const scheduleDecay = 0.96;

/**
 * Adam with Nesterov's momentum (Dozat 2016) in Keras' form, optimizers/nadam.py; options and defaults are Adam's. With
 * u(t) = beta1 * (1 - 0.96^t / 2) and U(t) the product of u(1) to u(t),
 *   w -= learningRate * (u(t+1) * m / (1 - U(t+1)) + (1 - u(t)) * g / (1 - U(t))) / (sqrt(v / (1 - beta2^t)) + epsilon)
 */
export class Nadam extends Adam {
  static override readonly className = 'Nadam';
  /** U(t) of a step t; it follows from the step alone, so a checkpoint need not hold it. */
  private product = { step: 0, value: 1 };

  protected override update({ parameter, gradient, slots, step }: Update<Moment>): void {
    const [now, next] = [this.shareAt(step), this.shareAt(step + 1)];
    const product = this.productUpTo(step);
    const [ofMean, ofGradient] = [next / (1 - product * next), (1 - now) / (1 - product)];
    const correction = 1 - this.beta2 ** step;
    const { learningRate: rate, beta1, beta2, epsilon } = this;
    const isFused = changeInPlace(fusedKernels.nadam, {
      changed: { parameter, m: slots.m, v: slots.v },
      read: { gradient },
      attributes: { rate, share1: 1 - beta1, share2: 1 - beta2, ofMean, ofGradient, correction, epsilon },
    });
    if (isFused) return;
    tidy(() => {
      const m = movingMean(slots.m, gradient, beta1);
      const v = movingMean(slots.v, square(gradient), beta2);
      slots.m.assign(m as Variable);
      slots.v.assign(v as Variable);
      const ahead = add(mul(m, ofMean), mul(gradient, ofGradient));
      const scale = add(sqrt(div(v, correction)), epsilon);
      parameter.assign(sub(parameter, div(mul(ahead, rate), scale)) as Variable);
    });
  }

  private shareAt(step: number): number {
    return this.beta1 * (1 - 0.5 * scheduleDecay ** step);
  }

  private productUpTo(step: number): number {
    let { step: at, value } = this.product.step <= step ? this.product : { step: 0, value: 1 };
    while (at < step) value *= this.shareAt(++at);
    this.product = { step, value };
    return value;
  }
}
