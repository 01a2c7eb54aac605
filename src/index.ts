// The library: what the commands are made of.

export { type BackendChoice, type BackendOptions, useBackend } from './backends/use-backend.js';
export { encodeTexts } from './batches/encode-texts.js';
export type { EncodedSplit } from './batches/encoded-split.js';
export { type PaddedBatch, padBatch } from './batches/pad-batch.js';
export { prepareTraining } from './batches/prepare-training.js';
export { splitValidation } from './batches/split-validation.js';
export { loadConfig } from './config/load-config.js';
export type { Config } from './config/schema.js';
export { type ChooseNextOptions, chooseNext, type NextToLabel } from './curation/choose-next.js';
export { findLabelIssues } from './curation/find-label-issues.js';
export { type FindSuspectsOptions, findSuspects, type Suspects } from './curation/find-suspects.js';
export { ensureDataset } from './datasets/ensure-dataset.js';
export { openSplit } from './datasets/open-split.js';
export { readAll } from './datasets/read-all.js';
export { resolveDataset } from './datasets/resolve-dataset.js';
export type { Example, FeatureColumn, IdSplit, Split, SplitName, TextSplit } from './datasets/split.js';
export { UserError } from './errors/user-error.js';
export { type ComparedRun, compareRuns } from './evaluation/compare-runs.js';
export { testDifference } from './evaluation/difference.js';
export { type InspectOptions, inspectRows } from './inspection/inspect-rows.js';
export type { Inspection } from './inspection/inspection.js';
export type { ContinueFrom } from './jobs/continuation.js';
export { type ContinueConfigOptions, continueConfig } from './jobs/continue-config.js';
export {
  type CreatedEnsemble,
  type CreateEnsembleOptions,
  createEnsemble,
} from './jobs/create-ensemble.js';
export {
  type CrossValidateEvent,
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
} from './jobs/cross-validate.js';
export { evaluateRun } from './jobs/evaluate-run.js';
export {
  type Forgetting,
  type MeasureForgettingOptions,
  measureForgetting,
} from './jobs/measure-forgetting.js';
export { type MlflowOptions, withMlflow } from './jobs/mlflow-log.js';
export { type PredictFileOptions, predictFile, type RowCounts } from './jobs/predict-file.js';
export { type TensorBoardOptions, withTensorBoard } from './jobs/tensorboard-log.js';
export { type TrainInBackgroundOptions, trainInBackground } from './jobs/train-in-background.js';
export { type TrainRunEvent, type TrainRunOptions, trainRun } from './jobs/train-run.js';
export { buildModel } from './model/build-model.js';
export { predictProbabilities } from './model/predict-probabilities.js';
export { Adam } from './optimizers/adam.js';
export type { Optimizer } from './optimizers/optimizer.js';
export { type OpenPredictorOptions, openPredictor } from './prediction/open-predictor.js';
export { predictionRecord } from './prediction/prediction-record.js';
export {
  type AnswerOptions,
  type LabelProbability,
  type Prediction,
  Predictor,
  type PredictorOptions,
  type Question,
  type QuestionRow,
  type TextPredictor,
  type TextWithFeatures,
} from './prediction/predictor.js';
export { type ReadRow, rowReader } from './prediction/row-reader.js';
export { chooseTextColumns } from './prediction/text-columns.js';
export { Random } from './random/random.js';
export { openRowFile } from './rows/open-row-file.js';
export type { Row, RowFile, RowFileOptions, RowProblem } from './rows/row.js';
export { findRun } from './runs/find-run.js';
export { RunFolder } from './runs/run-folder.js';
export type { Decision } from './tasks/decision.js';
export { openTask, resolveTask } from './tasks/open-task.js';
export type { Task } from './tasks/task.js';
export { parseVocabulary } from './text/parse-vocabulary.js';
export { type IdRange, runIdsOf } from './text/run-ids.js';
export { tokenize } from './text/tokenize.js';
export type { Vocabulary } from './text/vocabulary.js';
export { createLearner } from './training/create-learner.js';
export { type TrainEvent, type TrainOptions, train } from './training/train.js';
