import { add, div, mul, sqrt, square, sub, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { changeInPlace } from './change-in-place.js';
import { movingMean } from './moving-mean.js';
import { Optimizer, type Update } from './optimizer.js';

export interface AdadeltaOptions {
  /** Default 0.001, as in Keras; the paper's form has 1. */
  learningRate?: number;
  /** Decay of both means of squares; default 0.95. */
  rho?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

type Slot = 'gradient' | 'step';

/**
 * Adadelta (Zeiler 2012) in Keras' form, optimizers/adadelta.py: with the moving means of g^2 and of the squared steps d^2,
 *   d = g * sqrt(mean(d^2) + epsilon) / sqrt(mean(g^2) + epsilon), w -= learningRate * d
 */
export class Adadelta extends Optimizer<Slot> {
  static readonly className = 'Adadelta';
  protected readonly slotNames = ['gradient', 'step'] as const;
  private readonly rho: number;
  private readonly epsilon: number;

  constructor({ learningRate = 0.001, rho = 0.95, epsilon = 1e-7 }: AdadeltaOptions = {}) {
    super(learningRate);
    this.rho = rho;
    this.epsilon = epsilon;
  }

  override getConfig(): Required<AdadeltaOptions> {
    const { learningRate, rho, epsilon } = this;
    return { learningRate, rho, epsilon };
  }

  protected override update({ parameter, gradient, slots }: Update<Slot>): void {
    const isFused = changeInPlace(fusedKernels.adadelta, {
      changed: { parameter, v: slots.gradient, w: slots.step },
      read: { gradient },
      attributes: { rate: this.learningRate, share: 1 - this.rho, epsilon: this.epsilon },
    });
    if (isFused) return;
    const rootOf = (mean: Tensor) => sqrt(add(mean, this.epsilon));
    tidy(() => {
      const ofGradient = movingMean(slots.gradient, square(gradient), this.rho);
      slots.gradient.assign(ofGradient as Variable);
      const step = div(mul(rootOf(slots.step), gradient), rootOf(ofGradient));
      slots.step.assign(movingMean(slots.step, square(step), this.rho) as Variable);
      parameter.assign(sub(parameter, mul(step, this.learningRate)) as Variable);
    });
  }
}
