import { mul, sub, tidy, type Variable } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { Adam, type AdamOptions, type Moment } from './adam.js';
import { changeInPlace } from './change-in-place.js';
import { isKernel } from './kernel-names.js';
import type { Update } from './optimizer.js';

export interface AdamWOptions extends AdamOptions {
  /** Share of a weight that a step takes away, times the learning rate; default 0.004, as in Keras. */
  weightDecay?: number;
  /** Which weights decay: kernels, or all; default `kernels`. */
  decayed?: 'kernels' | 'all';
}

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019) in Keras' form: a step begins with
 *   w -= w * weightDecay * learningRate
 * so that the decay has no part in the moments. Unlike Keras' it leaves biases, normalizations and embeddings alone unless
 * it is asked not to. Where the backend has the fused kernel, it is the same pass over the memory as the update.
 */
export class AdamW extends Adam {
  static override readonly className: string = 'AdamW';
  private readonly weightDecay: number;
  private readonly decayed: 'kernels' | 'all';

  constructor({ weightDecay = 0.004, decayed = 'kernels', ...options }: AdamWOptions = {}) {
    super(options);
    this.weightDecay = weightDecay;
    this.decayed = decayed;
  }

  override getConfig(): Required<AdamWOptions> {
    const { weightDecay, decayed } = this;
    return { ...super.getConfig(), weightDecay, decayed };
  }

  protected override update(update: Update<Moment>): void {
    const { parameter, gradient, slots, step } = update;
    const decay = this.decayOf(parameter);
    if (decay === 0) {
      super.update(update);
      return;
    }
    const { rate, beta1, beta2, epsilon } = this.attributesOf(step);
    const isFused = changeInPlace(fusedKernels.adamW, {
      changed: { parameter, ...slots },
      read: { gradient },
      attributes: { rate, share1: 1 - beta1, share2: 1 - beta2, epsilon, decay },
    });
    if (isFused) return;
    tidy(() => {
      parameter.assign(sub(parameter, mul(parameter, decay)) as Variable);
    });
    super.update(update);
  }

  /** Share of a weight that a step takes away; 0 where it does not decay. */
  protected decayOf(parameter: Variable): number {
    return this.decayed === 'all' || isKernel(parameter) ? this.weightDecay * this.learningRate : 0;
  }
}
