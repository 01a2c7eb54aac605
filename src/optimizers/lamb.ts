import {
  add,
  div,
  greater,
  logicalAnd,
  mul,
  ones,
  sqrt,
  square,
  sub,
  tidy,
  type Variable,
  where,
} from '@tensorflow/tfjs-core';
import type { AdamOptions, Moment } from './adam.js';
import { isKernel } from './kernel-names.js';
import { movingMean } from './moving-mean.js';
import { Optimizer, type Update } from './optimizer.js';
import { sumOfSquares } from './scaled.js';

export interface LambOptions extends AdamOptions {
  /** Share of a weight that a step takes away, times the learning rate; default 0. */
  weightDecay?: number;
  /** Which weights decay: kernels, or all; default `kernels`. */
  decayed?: 'kernels' | 'all';
}

/**
 * LAMB (You et al. 2020), for large batches, in Keras' form, optimizers/lamb.py: Adam's step d = m' / (sqrt(v') + epsilon),
 * of corrected moments, is brought to the size of the weights that it moves,
 *   w -= learningRate * |w| / |d| * d
 * where both norms are above 0, else w -= learningRate * d. Its decay is decoupled as AdamW's, which is Keras' way too; the
 * paper adds it to d.
 */
export class Lamb extends Optimizer<Moment> {
  static readonly className = 'Lamb';
  protected readonly slotNames = ['m', 'v'] as const;
  private readonly options: Omit<Required<LambOptions>, 'learningRate'>;

  constructor(options: LambOptions = {}) {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...rest } = options;
    super(learningRate);
    const { weightDecay = 0, decayed = 'kernels' } = rest;
    this.options = { beta1, beta2, epsilon, weightDecay, decayed };
  }

  override getConfig(): Required<LambOptions> {
    return { learningRate: this.learningRate, ...this.options };
  }

  protected override update({ parameter, gradient, slots, step }: Update<Moment>): void {
    const { beta1, beta2, epsilon, weightDecay, decayed } = this.options;
    const decay = decayed === 'all' || isKernel(parameter) ? weightDecay * this.learningRate : 0;
    tidy(() => {
      const m = movingMean(slots.m, gradient, beta1);
      const v = movingMean(slots.v, square(gradient), beta2);
      slots.m.assign(m as Variable);
      slots.v.assign(v as Variable);
      const weights = decay === 0 ? parameter : sub(parameter, mul(parameter, decay));
      const way = div(div(m, 1 - beta1 ** step), add(sqrt(div(v, 1 - beta2 ** step)), epsilon));
      const [size, length] = [weights, way].map((tensor) => sqrt(sumOfSquares(tensor)));
      const isKnown = logicalAnd(greater(size, 0), greater(length, 0));
      const ratio = where(isKnown, div(size, length), ones([]));
      parameter.assign(sub(weights, mul(way, mul(ratio, this.learningRate))) as Variable);
    });
  }
}
