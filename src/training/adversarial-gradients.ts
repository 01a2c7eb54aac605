import { add, customGrad, keep, mul, type NamedTensorMap, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { PaddedBatch } from '../batches/pad-batch.js';
import { Random } from '../random/random.js';
import type { Figures } from '../tasks/figure.js';
import { adversarialPerturbation } from './adversarial-perturbation.js';
import type { BatchGradients, BatchPass } from './batch-pass.js';

/** Settings of adversarial training. */
export interface Adversarial {
  /** How far the vectors of an example are moved, as a share of their length; see {@link adversarialPerturbation}. */
  readonly epsilon: number;
  /** Factor of the loss at the moved vectors. */
  readonly weight: number;
}

/**
 * Adversarial training of the word vectors (Miyato, Dai & Goodfellow 2017, "Adversarial Training Methods for
 * Semi-Supervised Text Classification", arXiv 1605.07725, equations 3 to 5): the gradients of
 *   loss + weight * loss at vectors + r,    r a constant that {@link adversarialPerturbation} makes of the gradient
 * in two passes. The second one drops what the first one has dropped, so that r moves the vectors of the network whose
 * gradient it is, and a step draws as many random numbers as one of a single pass.
 *
 * @returns loss and counts of the batch as it is
 */
export function adversarialGradients(
  pass: BatchPass,
  { epsilon, weight }: Adversarial,
  { ids, rows }: Pick<PaddedBatch, 'ids' | 'rows'>,
): BatchGradients {
  const { random } = pass;
  const state = random?.state;
  let counts: Figures = {};
  let vectors: Tensor | undefined;
  const watch = watchGradient();
  const plain = pass.differentiate(() => {
    const perturb = (read: Tensor) => {
      vectors = keep(read.clone());
      return watch.through(read);
    };
    const logits = pass.logits({ random, perturb });
    counts = pass.count(logits);
    return pass.loss(logits);
  });
  if (!vectors || !watch.gradient) throw new Error('the model reads no word vectors');
  const moved = adversarialPerturbation(
    { vectors: vectors.dataSync<'float32'>(), gradients: watch.gradient.dataSync<'float32'>(), ids },
    { rows, units: vectors.shape.at(-1)!, epsilon },
  );
  const perturbation = tensor(moved, vectors.shape);
  vectors.dispose();
  watch.gradient.dispose();
  const again = state && new Random('the same masks', state);
  const adversarial = pass.differentiate(() =>
    pass.loss(pass.logits({ random: again, perturb: (read) => add(read, perturbation) })),
  );
  return { loss: plain.value, counts, gradients: weighted(plain.gradients, adversarial.gradients, weight) };
}

/** A step of a computation that changes nothing, and keeps the gradient that comes back through it. */
function watchGradient() {
  const watch = {
    gradient: undefined as Tensor | undefined,
    through(read: Tensor): Tensor {
      const operation = customGrad((value) => ({
        value: (value as Tensor).clone(),
        gradFunc: (gradient: Tensor) => {
          watch.gradient = keep(gradient.clone());
          return gradient;
        },
      }));
      return operation(read);
    },
  };
  return watch;
}

/** one + weight * other */
function weighted(one: NamedTensorMap, other: NamedTensorMap, weight: number): NamedTensorMap {
  return Object.fromEntries(
    Object.entries(one).map(([name, gradient]) => {
      const more = weight === 1 ? other[name] : mul(other[name], weight);
      return [name, add(gradient, more)];
    }),
  );
}
