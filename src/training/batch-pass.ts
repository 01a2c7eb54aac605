import type { NamedTensorMap, Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../random/random.js';
import type { Figures } from '../tasks/figure.js';

/** What a batch says of the weights as they are. */
export interface BatchGradients {
  /** Mean loss of the batch, in nats. */
  readonly loss: Scalar;
  /** What the task counts, summed over the batch. */
  readonly counts: Figures;
  /** Of what training makes small, by the name of each trainable weight's variable. */
  readonly gradients: NamedTensorMap;
}

/** What the layers of a model are told in training beyond their inputs. */
export interface PassOptions {
  /** Draws what is dropped; default: that of the training. */
  readonly random?: Random;
  /** Gets the word vectors [batch, time, units] and gives those that the model reads; see `Embedding`. */
  readonly perturb?: (vectors: Tensor) => Tensor;
}

/** A batch, and what can be asked of the model on it; nothing here changes a weight. */
export interface BatchPass {
  /** The model's logits [batch, columns], computed as in training. */
  logits(options?: PassOptions): Tensor;
  /** Mean loss of logits, in nats. */
  loss(logits: Tensor): Scalar;
  /** What the task counts of logits. */
  count(logits: Tensor): Figures;
  /** A value, and its gradients by the trainable weights. */
  differentiate(value: () => Scalar): { value: Scalar; gradients: NamedTensorMap };
  /** Draws what is dropped in training; absent where a training passes none. */
  readonly random?: Random;
}
