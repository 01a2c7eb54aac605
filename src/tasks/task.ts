import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { DenseLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/core.js';
import type { Targets } from '../batches/targets.js';
import type { TaskName } from '../config/schema.js';
import type { Decision } from './decision.js';
import type { Evaluation, FigureForm, Figures } from './figure.js';
import type { HeadGrowth, HeadWeights } from './head-weights.js';

/** How targets count in the loss that training makes small. No figure of validation or evaluation asks it. */
export interface LossSettings {
  /** Share of certainty that targets give away, from 0 to below 1 (label smoothing); default 0. */
  readonly smoothing?: number;
  /** `[labels]`, where an example may have several: factor of the loss of a label that it has; default 1. */
  readonly positiveWeights?: Float64Array;
}

/** Some examples of a split, by their indices, and the targets of all of the split. */
export interface ChosenTargets extends LossSettings {
  readonly targets: Targets;
  /** `[rows]` */
  readonly examples: Int32Array;
  /** `[examples of the split]`: factor of each one's loss; default 1. */
  readonly weights?: Float32Array;
}

/** What weights of labels come to. */
export interface LabelWeights {
  /** `[examples]`, each example's own weight in it; absent where the weights act on labels. */
  readonly examples?: Float32Array;
  /** `[labels]`; see {@link LossSettings}. */
  readonly positives?: Float64Array;
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
  lossAndErrors(logits: Float64Array, targets: ArrayLike<number>, settings?: LossSettings): number;
  /** Loss of an example in nats where each column is a logistic regression of its own. */
  lossOfColumns(logits: Float64Array, targets: ArrayLike<number>, settings?: LossSettings): number;
}

export interface HeadOptions {
  /** Share of the features that is dropped in training. */
  readonly dropout: number;
  readonly kernelInitializer: DenseLayerArgs['kernelInitializer'];
  /** Logits `[batch, columns]` that are added to those of the features; default: none. */
  readonly wide?: SymbolicTensor;
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
  /**
   * The weights of the last of these layers that a training goes on with, from those of a model that told fewer labels apart:
   * what the former labels are to each other stays, new ones are improbable.
   */
  growHead(former: HeadWeights, growth: HeadGrowth): HeadWeights;
  /**
   * Mean loss, in nats, of logits `[rows, columns]`; differentiable by the logits. Weighted losses are divided by the number
   * of rows, not by the sum of the weights, as Keras does it.
   */
  loss(logits: Tensor, chosen: ChosenTargets): Scalar;
  /**
   * What training makes of weights of labels; absent where a task has no labels to weigh.
   *
   * @param weights `[labels]`, or `balanced`: each label as much as the others, however many examples it has
   * @param own `[examples]`: weights that the examples have already
   * @throws UserError when the labels cannot be weighed
   */
  weighLabels?(
    targets: Targets,
    weights: ArrayLike<number> | 'balanced',
    options: { own?: Float32Array },
  ): LabelWeights;
  /**
   * Answers as something to learn: the target that each one comes to, and from 0 to 1 how much it counts. Absent where answers
   * cannot be targets.
   *
   * @param outputs row-major `[examples, columns]`, as a model gives them
   */
  pseudoLabels?(outputs: ArrayLike<number>): { targets: Int32Array; weights: Float32Array };
  /** For learners in plain arrays; absent where a task cannot be learnt by them. */
  readonly exampleLoss?: ExampleLoss;
  /** What training adds up over examples, from logits row-major `[rows, columns]`; see {@link figures}. */
  count(logits: ArrayLike<number>, chosen: ChosenTargets): Figures;
  /** Figures of sums of counts over so many examples. */
  figures(counts: Figures, examples: number): Figures;
  /** The figures that training and validation report, the loss first. */
  readonly reported: readonly FigureForm[];
  /** Of {@link reported}: the one that chooses the weights that are kept. */
  readonly deciding: FigureForm;
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
