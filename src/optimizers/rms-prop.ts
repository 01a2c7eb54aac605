import { add, div, mul, relu, sqrt, square, sub, tidy, type Variable } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { changeInPlace } from './change-in-place.js';
import { movingMean } from './moving-mean.js';
import { Optimizer, type Update } from './optimizer.js';

export interface RmsPropOptions {
  /** Default 0.001. */
  learningRate?: number;
  /** Decay of the mean of squared gradients; default 0.9. */
  rho?: number;
  /** Share of the last step that the next one goes on with; default 0: none. */
  momentum?: number;
  /** Default 1e-7. */
  epsilon?: number;
  /** Whether gradients are divided by their deviation rather than their size; default false. */
  centered?: boolean;
}

type Slot = 'velocity' | 'momentum' | 'mean';

/**
 * RMSprop (Hinton 2012) in Keras' form, optimizers/rmsprop.py: v the moving mean of g^2, and where it is centered less the
 * square of the moving mean of g,
 *   w -= learningRate * g / sqrt(v + epsilon), with momentum in the place of it: s = momentum * s + that, w -= s
 */
export class RmsProp extends Optimizer<Slot> {
  static readonly className = 'RMSprop';
  protected readonly slotNames: readonly Slot[];
  private readonly options: Omit<Required<RmsPropOptions>, 'learningRate'>;

  constructor(options: RmsPropOptions = {}) {
    const { learningRate = 0.001, rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false } = options;
    super(learningRate);
    this.options = { rho, momentum, epsilon, centered };
    this.slotNames = [
      'velocity',
      ...(momentum > 0 ? (['momentum'] as const) : []),
      ...(centered ? (['mean'] as const) : []),
    ];
  }

  override getConfig(): Required<RmsPropOptions> {
    return { learningRate: this.learningRate, ...this.options };
  }

  protected override update({ parameter, gradient, slots }: Update<Slot>): void {
    const { rho, momentum, epsilon, centered } = this.options;
    const isFused = changeInPlace(fusedKernels.rmsProp, {
      changed: {
        ...{ parameter, v: slots.velocity },
        ...(centered && { mean: slots.mean }),
        ...(momentum > 0 && { steps: slots.momentum }),
      },
      read: { gradient },
      attributes: { rate: this.learningRate, share: 1 - rho, momentum, epsilon },
    });
    if (isFused) return;
    tidy(() => {
      const velocity = movingMean(slots.velocity, square(gradient), rho);
      slots.velocity.assign(velocity as Variable);
      let variance = velocity;
      if (centered) {
        const mean = movingMean(slots.mean, gradient, rho);
        slots.mean.assign(mean as Variable);
        // Rounding alone can make it less than 0.
        variance = relu(sub(velocity, square(mean)));
      }
      let step = div(mul(gradient, this.learningRate), sqrt(add(variance, epsilon)));
      if (momentum > 0) {
        step = add(mul(slots.momentum, momentum), step);
        slots.momentum.assign(step as Variable);
      }
      parameter.assign(sub(parameter, step) as Variable);
    });
  }
}
