import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random, RandomState } from '../random/random.js';
import type { NamedTensor } from '../runs/checkpoint-files.js';
import type { Figures } from '../tasks/figure.js';
import type { NotFinitePlace } from './not-finite.js';

/** Where a step stands in a whole training. */
export interface StepPlace {
  /** Steps before it, those of former epochs included. */
  readonly step: number;
  readonly totalSteps: number;
  /** Steps of its epoch. */
  readonly epochSteps: number;
  /** The deciding figure of each validation so far, less being better. */
  readonly history: readonly number[];
  /** Examples that were learnt from before, likewise. */
  readonly examplesBefore: number;
}

/** What a step saw, before it changed the weights. */
export interface StepResult {
  /** Mean loss of the step's examples, in nats. */
  readonly loss: number;
  /** What the task counts, summed over the examples. */
  readonly counts: Figures;
  /** Rate of the step; absent where a learner has none. */
  readonly learningRate?: number;
  /** Norm of the gradients of all weights as one vector, before they were clipped; where they are clipped by norm. */
  readonly gradientNorm?: number;
}

/** All numbers that a learner goes on from. */
export interface Snapshot {
  readonly weights: readonly NamedTensor[];
  readonly slots: readonly NamedTensor[];
}

/** Learns one type of model, step by step. `train` makes epochs of it, and knows no more of it than this. */
export interface Learner {
  /** Holds the weights of the moment whenever `fillModel` was called since the last step. */
  readonly model: LayersModel;
  /** The examples of each step of an epoch, in the order of the steps; draws all that is random from `random`. */
  portions(random: Random): readonly Int32Array[];
  /**
   * Learns from some examples. Until its promise is kept, where it gives one, nothing else may be asked.
   *
   * @param place where in the training this is
   */
  learn(examples: Int32Array, place: StepPlace): StepResult | Promise<StepResult>;
  /** Where numbers of the model are not finite any more, asked after a step whose loss was not; absent where nobody can tell. */
  whereNotFinite?(examples: Int32Array): NotFinitePlace | undefined;
  /** Puts the weights, as they are, into the model. */
  fillModel(): void;
  /** Asked after an epoch: whether another one would change nothing that matters. */
  isConverged(): boolean;
  /** The last epoch is the best, whatever the validation says: for a learner that nears the one optimum of its problem. */
  readonly lastIsBest: boolean;
  /** State of the random numbers that dropout draws; absent where nothing can be dropped. */
  readonly dropout?: RandomState;
  /** Copies of all numbers, bit for bit; the caller disposes of the tensors. */
  snapshot(): Snapshot;
  /** Takes back what `snapshot` gave; the tensors stay the caller's. */
  restore(snapshot: Snapshot): Promise<void>;
  dispose(): void;
}
