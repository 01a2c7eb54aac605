import type { EncodedSplit } from '../batches/encoded-split.js';
import { fillConfig } from '../config/fill-config.js';
import type { Config } from '../config/schema.js';
import type { Task } from '../tasks/task.js';
import type { JudgeChoice } from './judge-choices.js';

/** What is trained on some of the examples to judge the others. */
export interface Judge {
  readonly name: 'run' | 'words';
  readonly config: Config;
  /** Whether it reads the numbers beside the texts. */
  readonly readsFeatures: boolean;
}

/**
 * C of the bag of words beside the run's models: of 5, 20 and 50 the best one on film reviews with 5 % of wrong labels
 * (docs/curation.md). How sure it makes the model is evened out where judges are blended.
 */
const inverseRegularization = 50;

/** The bag of words has reached its optimum long before. */
const mostEpochs = 20;

/**
 * The judges of a run's examples. A second one makes other mistakes than the first, so that both together are right more
 * often: a logistic regression on TF-IDF of the run's own tokens, or on features weighted by Naive Bayes where TF-IDF is what
 * the run reads itself. A task that such a model cannot learn has the run's models alone.
 */
export function judgesOf(config: Config, { task, judges }: { task: Task; judges: JudgeChoice }): Judge[] {
  const own: Judge = { name: 'run', config, readsFeatures: true };
  if (judges === 'run' || !task.exampleLoss) return [own];
  const { model, seed, text, dataset } = config;
  const isTfIdf = model.type === 'bagOfWords' && model.weighting === 'tfIdf';
  const weighting = isTfIdf ? 'naiveBayes' : 'tfIdf';
  const { classWeights } = config.training;
  const words = fillConfig(
    {
      ...{ seed, text, dataset, task: config.task },
      model: { type: 'bagOfWords', weighting, inverseRegularization },
      training: { epochs: mostEpochs, classWeights },
    },
    'the second judge',
  );
  return [own, { name: 'words', config: words, readsFeatures: false }];
}

/** The examples as a judge reads them. */
export function examplesFor(judge: Judge, encoded: EncodedSplit): EncodedSplit {
  return judge.readsFeatures ? encoded : { ...encoded, features: undefined };
}
