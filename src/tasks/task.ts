import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { DenseLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/core.js';
import type { Targets } from '../batches/targets.js';
import type { TaskName } from '../config/schema.js';
import type { Decision } from './decision.js';
import type { Evaluation, FigureForm, Figures } from './figure.js';

/** Some examples of a split, by their indices, and the targets of all of the split. */
export interface ChosenTargets {
  readonly targets: Targets;
  /** `[rows]` */
  readonly examples: Int32Array;
}

/** What a model said of examples, and what is true. */
export interface Answers {
  /** Row-major `[examples, columns]`, as the model gives them: before any {@link Task.decision}. */
  readonly outputs: Float32Array;
  readonly targets: Targets;
}

/** What a model says of one text. */
export interface Answer {
  /** What stands before the text when it is printed: the label, or the labels. */
  readonly summary: string;
  /** How sure the model is of that, 0 to 1. */
  readonly probability: number;
  /** The same as plain JSON. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** The loss of a task for learners in plain arrays, which go from one example to the next. */
export interface ExampleLoss {
  /** Whether a column of the output says yes to these targets of an example: what a logistic regression by column learns. */
  isTrue(column: number, targets: ArrayLike<number>): boolean;
  /** Loss of an example in nats; puts target - probability, the gradient, in the place of each logit `[columns]`. */
  lossAndErrors(logits: Float64Array, targets: ArrayLike<number>): number;
  /** Loss of an example in nats where each column is a logistic regression of its own. */
  lossOfColumns(logits: Float64Array, targets: ArrayLike<number>): number;
}

export interface HeadOptions {
  /** Share of the features that is dropped in training. */
  readonly dropout: number;
  readonly kernelInitializer: DenseLayerArgs['kernelInitializer'];
}

/**
 * What is learnt: how targets are read, what the end of the model looks like, what is minimized, counted and measured, and
 * how an answer is told. A task is made for the labels of one data set; all that trains, evaluates, keeps or prints asks it.
 */
export interface Task {
  readonly name: TaskName;
  /** Names of the labels, by index. */
  readonly labels: readonly string[];
  /** Numbers that the model gives an example. */
  readonly columns: number;
  /** Whether each example has one label, no more and no less, so that its probabilities sum to 1. */
  readonly exclusive: boolean;
  /**
   * The label of each column, by index, where a label is answered from a threshold of its column's sigmoid on; empty where
   * the most probable label is answered, whatever its probability.
   */
  readonly thresholdLabels: readonly number[];
  /** Temperatures and thresholds that answers and figures go by; default: none, and one half. */
  readonly decision?: Decision;
  /** The output layer in a few words: `Dense 1 (sigmoid)`. */
  readonly outputText: string;
  /** Features `[batch, n]` to probabilities `[batch, columns]`: the last layers of a model. */
  head(features: SymbolicTensor, options: HeadOptions): SymbolicTensor;
  /** Mean loss, in nats, of logits `[rows, columns]`; differentiable by the logits. */
  loss(logits: Tensor, chosen: ChosenTargets): Scalar;
  /** For learners in plain arrays; absent where a task cannot be learnt by them. */
  readonly exampleLoss?: ExampleLoss;
  /** What training adds up over examples, from logits row-major `[rows, columns]`; see {@link figures}. */
  count(logits: ArrayLike<number>, chosen: ChosenTargets): Figures;
  /** Figures of sums of counts over so many examples. */
  figures(counts: Figures, examples: number): Figures;
  /** The figures that training and validation report, the loss first. */
  readonly reported: readonly FigureForm[];
  /** Of {@link reported}: the one that chooses the best epoch, by its least value. */
  readonly deciding: string;
  /** The reported figures of validation examples. */
  validate(answers: Answers): Figures;
  evaluate(answers: Answers): Evaluation;
  /** Whether each example is answered rightly, `[examples]`: 1 or 0; for tests between two models. */
  correct(answers: Answers): Uint8Array;
  /** @param outputs of one text, `[columns]`, as the model gives them */
  answer(outputs: ArrayLike<number>): Answer;
  /** What is true of an example, in the words of an answer: a label, or the list of all. */
  truth(targets: ArrayLike<number>): string | readonly string[];
}
