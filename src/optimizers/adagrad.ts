import { add, div, mul, sqrt, square, sub, tidy, type Variable } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { changeInPlace } from './change-in-place.js';
import { Optimizer, type Update } from './optimizer.js';

export interface AdagradOptions {
  /** Default 0.001. */
  learningRate?: number;
  /** What the sum of squared gradients begins with; default 0.1, as in Keras. */
  initialAccumulator?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

/**
 * Adagrad (Duchi, Hazan & Singer 2011) in Keras' form, optimizers/adagrad.py:
 *   a += g^2, w -= learningRate * g / sqrt(a + epsilon)
 */
export class Adagrad extends Optimizer<'accumulator'> {
  static readonly className = 'Adagrad';
  protected readonly slotNames = ['accumulator'] as const;
  private readonly initialAccumulator: number;
  private readonly epsilon: number;

  constructor({ learningRate = 0.001, initialAccumulator = 0.1, epsilon = 1e-7 }: AdagradOptions = {}) {
    super(learningRate);
    this.initialAccumulator = initialAccumulator;
    this.epsilon = epsilon;
  }

  override getConfig(): Required<AdagradOptions> {
    const { learningRate, initialAccumulator, epsilon } = this;
    return { learningRate, initialAccumulator, epsilon };
  }

  protected override initialValue(): number {
    return this.initialAccumulator;
  }

  protected override update({ parameter, gradient, slots }: Update<'accumulator'>): void {
    const { learningRate: rate, epsilon } = this;
    const isFused = changeInPlace(fusedKernels.adagrad, {
      changed: { parameter, sum: slots.accumulator },
      read: { gradient },
      attributes: { rate, epsilon },
    });
    if (isFused) return;
    tidy(() => {
      const sum = add(slots.accumulator, square(gradient));
      slots.accumulator.assign(sum as Variable);
      const step = div(mul(gradient, rate), sqrt(add(sum, epsilon)));
      parameter.assign(sub(parameter, step) as Variable);
    });
  }
}
