import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  greater,
  logicalAnd,
  ones,
  sqrt,
  square,
  type Tensor,
  tidy,
  type Variable,
  where,
} from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import type { Moment } from './adam.js';
import { AdamW, type AdamWOptions } from './adam-w.js';
import { makeUnshared } from './make-unshared.js';
import { movingMean } from './moving-mean.js';
import type { Update } from './optimizer.js';
import { plusScaled, sumOfSquares } from './scaled.js';

export interface LambOptions extends AdamWOptions {
  /** Share of a weight that a step takes away, times the learning rate; default 0. */
  weightDecay?: number;
}

/**
 * LAMB (You et al. 2020), for large batches, in Keras' form, optimizers/lamb.py: Adam's step d = m' / (sqrt(v') + epsilon),
 * of corrected moments, is brought to the size of the weights that it moves,
 *   w -= learningRate * |w| / |d| * d
 * where both norms are above 0, else w -= learningRate * d. Its decay is decoupled as AdamW's, which is Keras' way too; the
 * paper adds it to d.
 */
export class Lamb extends AdamW {
  static override readonly className = 'Lamb';

  constructor({ weightDecay = 0, ...options }: LambOptions = {}) {
    super({ weightDecay, ...options });
  }

  protected override update({ parameter, gradient, slots, step }: Update<Moment>): void {
    const decay = this.decayOf(parameter);
    tidy(() => {
      const weights = decay === 0 ? parameter : plusScaled(parameter, parameter, -decay);
      const way = this.direction(slots, gradient, step);
      const [size, length] = [weights, way].map((tensor) => sqrt(sumOfSquares(tensor)));
      const isKnown = logicalAnd(greater(size, 0), greater(length, 0));
      const [ratio] = where(isKnown, div(size, length), ones([])).dataSync();
      parameter.assign(plusScaled(weights, way, -ratio * this.learningRate) as Variable);
    });
  }

  /** Adam's step, with the bias of its moments corrected; the moments change. Call it inside of `tidy`. */
  private direction({ m, v }: Record<Moment, Variable>, gradient: Tensor, step: number): Tensor {
    const { beta1, beta2, epsilon } = this;
    const [correction1, correction2] = [1 - beta1 ** step, 1 - beta2 ** step];
    if (getKernel(fusedKernels.lambDirection, getBackend())) {
      for (const target of [m, v]) makeUnshared(target);
      const attributes = { share1: 1 - beta1, share2: 1 - beta2, correction1, correction2, epsilon };
      return engine().runKernel(fusedKernels.lambDirection, { m, v, gradient }, attributes) as Tensor;
    }
    m.assign(movingMean(m, gradient, beta1) as Variable);
    v.assign(movingMean(v, square(gradient), beta2) as Variable);
    return div(div(m, correction1), add(sqrt(div(v, correction2)), epsilon));
  }
}
