import { add, mul, sub, tidy, type Variable } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { changeInPlace } from './change-in-place.js';
import { Optimizer, type Update } from './optimizer.js';
import { addScaled } from './scaled.js';

export interface SgdOptions {
  /** Default 0.01. */
  learningRate?: number;
  /** Share of the last step that the next one goes on with; default 0: none. */
  momentum?: number;
  /** Whether the gradient counts as if the momentum had moved on once more (Nesterov 1983); default false. */
  nesterov?: boolean;
}

/**
 * Descent by the gradients of batches, in Keras' form, optimizers/sgd.py:
 *   v = momentum * v - learningRate * g, then w += v, or with Nesterov's look ahead w += momentum * v - learningRate * g
 * Without momentum nothing is remembered. One pass over the memory where the backend has the fused kernels.
 */
export class Sgd extends Optimizer<'velocity'> {
  static readonly className = 'SGD';
  protected readonly slotNames: readonly 'velocity'[];
  private readonly momentum: number;
  private readonly nesterov: boolean;

  constructor({ learningRate = 0.01, momentum = 0, nesterov = false }: SgdOptions = {}) {
    super(learningRate);
    this.momentum = momentum;
    this.nesterov = nesterov;
    this.slotNames = momentum === 0 ? [] : ['velocity'];
  }

  override getConfig(): Required<SgdOptions> {
    const { learningRate, momentum, nesterov } = this;
    return { learningRate, momentum, nesterov };
  }

  protected override update({ parameter, gradient, slots: { velocity } }: Update<'velocity'>): void {
    const { learningRate: rate, momentum, nesterov } = this;
    if (!velocity) {
      addScaled(parameter, gradient, -rate);
      return;
    }
    const isFused = changeInPlace(fusedKernels.momentum, {
      changed: { parameter, velocity },
      read: { gradient },
      attributes: { rate, momentum, nesterov },
    });
    if (isFused) return;
    tidy(() => {
      const fall = mul(gradient, rate);
      const moved = sub(mul(velocity, momentum), fall);
      velocity.assign(moved as Variable);
      const step = nesterov ? sub(mul(moved, momentum), fall) : moved;
      parameter.assign(add(parameter, step) as Variable);
    });
  }
}
