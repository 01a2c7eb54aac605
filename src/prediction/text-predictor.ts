import type { BackendChoice } from '../backends/backend-choice.js';
import type { FeatureColumn } from '../datasets/split.js';
import type { Extent } from '../formats/extent.js';
import type { AnswerOptions, Prediction } from './prediction.js';
import type { Question } from './question.js';

/** A trained model that is ready to label texts. */
export interface TextPredictor {
  /** Names of the labels, in the order of the model's columns. */
  readonly labels: readonly string[];
  /** What computes; undefined where that was chosen before the predictor was opened. */
  readonly backend?: BackendChoice;
  /** How much was read of all the texts so far. */
  readonly extent: Extent;
  /** The unit of lengths in {@link extent}. */
  readonly lengthUnit: string;
  /** Whether a text may be answered with none of the labels. */
  readonly knowsUnknown: boolean;
  /** What the model needs beside each text, in its order; none for most models. */
  readonly features: readonly FeatureColumn[];
  /** The columns that a text must have which is given as a row: those of the files that the run was trained on, or `text`. */
  readonly columns: readonly string[];
  /**
   * Labels a text, or each of a list in the order given. A text's answer does not depend on the texts beside it.
   *
   * @param question a text; or a row, an object with the columns that the run was trained on (see {@link columns}), or
   *   `{ text, features }` with the numbers in the order of {@link features}, where the model needs more than a text
   * @param options take the place of those that the predictor was opened with
   * @throws UserError when a column or number is missing or cannot be used, or the predictor is disposed
   */
  predict(question: Question, options?: AnswerOptions): Promise<Prediction>;
  predict(questions: readonly Question[], options?: AnswerOptions): Promise<Prediction[]>;
  /** Frees the model's memory. */
  dispose(): void;
}
