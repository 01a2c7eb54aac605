import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  type KernelFunc,
  mul,
  sqrt,
  square,
  sub,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { makeUnshared } from './make-unshared.js';
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
type Moment = 'm' | 'v';

/**
 * Adam (Kingma & Ba 2015) in Keras' form, optimizers/adam.py:
 *   w -= learningRate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
 * TF.js' own optimizer adds epsilon to the bias-corrected root instead, which moves small gradients differently. Where
 * the backend has the fused kernel, one pass over the memory updates w, m and v in place.
 *
 * Usable wherever TF.js takes an optimizer: `model.compile({ optimizer: new Adam(), ... })`.
 */
export class Adam extends Optimizer<Moment> {
  static readonly className = 'Adam';
  protected readonly slotNames = ['m', 'v'] as const;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;

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
    const { step } = update;
    const rate = (this.learningRate * Math.sqrt(1 - this.beta2 ** step)) / (1 - this.beta1 ** step);
    const fused = getKernel(fusedKernels.adam, getBackend())?.kernelFunc;
    if (fused) this.updateFused(fused, update, rate);
    else this.updateComposed(update, rate);
  }

  /** Calls the kernel itself: it makes no tensors, so there is nothing for TF.js' engine to keep track of. */
  private updateFused(kernel: KernelFunc, update: Update<Moment>, rate: number): void {
    const { parameter, gradient, slots } = update;
    const { beta1, beta2, epsilon } = this;
    for (const target of [parameter, slots.m, slots.v]) makeUnshared(target);
    const inputs = { parameter, firstMoment: slots.m, secondMoment: slots.v, gradient };
    kernel({ inputs, backend: engine().backend, attrs: { rate, beta1, beta2, epsilon } });
  }

  private updateComposed({ parameter, gradient, slots }: Update<Moment>, rate: number): void {
    tidy(() => {
      const m = add(slots.m, mul(sub(gradient, slots.m), 1 - this.beta1));
      const v = add(slots.v, mul(sub(square(gradient), slots.v), 1 - this.beta2));
      slots.m.assign(m as Variable);
      slots.v.assign(v as Variable);
      parameter.assign(sub(parameter, div(mul(m, rate), add(sqrt(v), this.epsilon))) as Variable);
    });
  }
}
