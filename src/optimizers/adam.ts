import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  type KernelFunc,
  mul,
  type NamedTensorMap,
  Optimizer,
  scalar,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  type Variable,
  variable,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { NamedTensor } from '@tensorflow/tfjs-core/dist/tensor_types.js';
import { fusedKernels } from '../backends/fused-kernels.js';

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

interface Moments {
  first: Variable;
  second: Variable;
}

/**
 * Adam (Kingma & Ba 2015) in Keras' form, optimizers/adam.py:
 *   w -= learningRate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
 * TF.js' own optimizer adds epsilon to the bias-corrected root instead, which moves small gradients differently. Where
 * the backend has the fused kernel, one pass over the memory updates w, m and v in place.
 *
 * Usable wherever TF.js takes an optimizer: `model.compile({ optimizer: new Adam(), ... })`.
 */
export class Adam extends Optimizer {
  static readonly className = 'Adam';
  learningRate: number;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;
  private readonly moments = new Map<string, Moments>();

  constructor({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamOptions = {}) {
    super();
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  /** One step. @param gradients by variable name, or as a list of {name, tensor} */
  override applyGradients(gradients: NamedTensorMap | NamedTensor[]): void {
    const named = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    this.incrementIterations();
    const step = this.iterations;
    const rate = (this.learningRate * Math.sqrt(1 - this.beta2 ** step)) / (1 - this.beta1 ** step);
    const fused = getKernel(fusedKernels.adam, getBackend())?.kernelFunc;
    for (const [name, gradient] of named) {
      const parameter = engine().registeredVariables[name];
      if (!parameter) throw new Error(`There is a gradient for "${name}", but no variable of that name`);
      const moments = this.momentsOf(parameter);
      if (fused) this.updateFused(fused, { parameter, moments, gradient, rate });
      else this.updateComposed(parameter, moments, gradient, rate);
    }
  }

  /** The number of steps, then m and v of each variable in the order of their first update. */
  override async getWeights(): Promise<NamedTensor[]> {
    const slots = [...this.moments].flatMap(([name, { first, second }]) => [
      { name: `${name}/m`, tensor: first as Tensor },
      { name: `${name}/v`, tensor: second as Tensor },
    ]);
    return [{ name: 'iterations', tensor: scalar(this.iterations, 'int32') }, ...slots];
  }

  /** Takes back what `getWeights` gave; the values are copied. */
  override async setWeights([iterations, ...slots]: NamedTensor[]): Promise<void> {
    this.iterations_ = (await iterations.tensor.data())[0];
    this.disposeMoments();
    for (let i = 0; i < slots.length; i += 2) {
      const name = slots[i].name.replace(/\/m$/, '');
      this.moments.set(name, {
        first: variable(slots[i].tensor, false),
        second: variable(slots[i + 1].tensor, false),
      });
    }
  }

  override dispose(): void {
    this.disposeMoments();
    super.dispose();
  }

  override getConfig(): { learningRate: number; beta1: number; beta2: number; epsilon: number } {
    const { learningRate, beta1, beta2, epsilon } = this;
    return { learningRate, beta1, beta2, epsilon };
  }

  private momentsOf(parameter: Variable): Moments {
    let moments = this.moments.get(parameter.name);
    if (!moments) {
      moments = tidy(() => ({
        first: variable(zerosLike(parameter), false),
        second: variable(zerosLike(parameter), false),
      }));
      this.moments.set(parameter.name, moments);
    }
    return moments;
  }

  /** Calls the kernel itself: it makes no tensors, so there is nothing for TF.js' engine to keep track of. */
  private updateFused(
    kernel: KernelFunc,
    update: { parameter: Variable; moments: Moments; gradient: Tensor; rate: number },
  ): void {
    const { parameter, moments, gradient, rate } = update;
    const { beta1, beta2, epsilon } = this;
    for (const target of [parameter, moments.first, moments.second]) makeUnshared(target);
    const inputs = { parameter, firstMoment: moments.first, secondMoment: moments.second, gradient };
    kernel({ inputs, backend: engine().backend, attrs: { rate, beta1, beta2, epsilon } });
  }

  private updateComposed(
    parameter: Variable,
    { first, second }: Moments,
    gradient: Tensor,
    rate: number,
  ): void {
    tidy(() => {
      const m = add(first, mul(sub(gradient, first), 1 - this.beta1));
      const v = add(second, mul(sub(square(gradient), second), 1 - this.beta2));
      first.assign(m as Variable);
      second.assign(v as Variable);
      parameter.assign(sub(parameter, div(mul(m, rate), add(sqrt(v), this.epsilon))) as Variable);
    });
  }

  private disposeMoments(): void {
    for (const { first, second } of this.moments.values()) {
      first.dispose();
      second.dispose();
    }
    this.moments.clear();
  }
}

/** Tensors are immutable to everyone else: values that a clone or a reshape shares are copied before they change. */
function makeUnshared(target: Variable): void {
  if (engine().backend.refCount(target.dataId) === 1) return;
  tidy(() => {
    target.assign(add(target, 0) as Variable);
  });
}
