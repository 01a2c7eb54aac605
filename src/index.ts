// The library: what the commands are made of.

export { type BackendChoice, type BackendOptions, useBackend } from './backends/use-backend.js';
export { encodeTexts } from './batches/encode-texts.js';
export type { EncodedSplit } from './batches/encoded-split.js';
export { type PaddedBatch, padBatch } from './batches/pad-batch.js';
export { prepareTraining } from './batches/prepare-training.js';
export { splitValidation } from './batches/split-validation.js';
export { loadConfig } from './config/load-config.js';
export type { Config } from './config/schema.js';
export { ensureDataset } from './datasets/ensure-dataset.js';
export { openSplit } from './datasets/open-split.js';
export { readAll } from './datasets/read-all.js';
export type { Example, IdSplit, Split, SplitName, TextSplit } from './datasets/split.js';
export { UserError } from './errors/user-error.js';
export { type ComparedRun, compareRuns } from './evaluation/compare-runs.js';
export { evaluateRun } from './evaluation/evaluate-run.js';
export { testDifference } from './evaluation/test-difference.js';
export { buildModel } from './model/build-model.js';
export { predictProbabilities } from './model/predict-probabilities.js';
export { Adam } from './optimizers/adam.js';
export { Random } from './random/random.js';
export { findRun } from './runs/find-run.js';
export { RunFolder } from './runs/run-folder.js';
export { parseVocabulary } from './text/parse-vocabulary.js';
export { tokenize } from './text/tokenize.js';
export type { Vocabulary } from './text/vocabulary.js';
export { type TrainEvent, type TrainOptions, train } from './training/train.js';
export { type TrainRunEvent, type TrainRunOptions, trainRun } from './training/train-run.js';
