import { openPredictor as open } from './prediction/open-predictor.js';
import type { OpenPredictorOptions } from './prediction/predictor-options.js';
import type { TextPredictor } from './prediction/text-predictor.js';

// `import 'imdb-rnn/predict'`: answering texts and nothing else, with types that need no others.

export { UserError } from './errors/user-error.js';
export type { AnswerOptions, LabelProbability, Prediction } from './prediction/prediction.js';
export type { OpenPredictorOptions, PredictorOptions } from './prediction/predictor-options.js';
export type { Question, QuestionRow, TextWithFeatures } from './prediction/question.js';
export type { TextPredictor } from './prediction/text-predictor.js';

/**
 * Opens a run for answering texts: settings, vocabulary, labels, model, thresholds, and what tells foreign texts. One
 * predictor serves a whole program; calls of `predict` may overlap.
 *
 * ```ts
 * const predictor = await openPredictor('models/mine');
 * const { label, probability } = await predictor.predict('What a film!');
 * ```
 *
 * @param run a run's folder, its name in `modelsDir`, or `gru-small`, the small model that comes with the package
 * @throws UserError when there is no such run, a file of it is missing or damaged, or the backend does not work
 */
export function openPredictor(run: string, options: OpenPredictorOptions = {}): Promise<TextPredictor> {
  return open(run, options);
}
