import { targetCount } from '../batches/targets.js';
import type { Split } from '../datasets/split.js';
import type { RunFolder } from '../runs/run-folder.js';
import { type BlendedQuestion, blendQuestions } from './blend-questions.js';
import { confidentJoint } from './confident-joint.js';
import { estimateNoise, type NoiseEstimate } from './estimate-noise.js';
import { findLabelIssues, type LabelIssueOptions } from './find-label-issues.js';
import type { Judge } from './judges.js';
import { labelQuality, likeliestOthers } from './label-quality.js';
import type { LabelQuestion } from './label-questions.js';
import { labelThresholds } from './label-thresholds.js';
import { countLabels } from './labelled-probabilities.js';
import { type OutOfFoldEvent, type OutOfFoldOptions, predictOutOfFold } from './predict-out-of-fold.js';

/** An example whose label is likely wrong. */
export interface Suspect {
  /** Its place in the training split, from 0. */
  readonly example: number;
  readonly given: string;
  /** The most probable other label. */
  readonly suggested: string;
  readonly givenProbability: number;
  readonly suggestedProbability: number;
  /** How well the given label fits, 0 to 1: what the order goes by. */
  readonly quality: number;
}

/** What is known of the labels that answer one question. */
export interface LabelNoise extends NoiseEstimate {
  readonly names: readonly string[];
  /** `[labels]`: how often each is given. */
  readonly counts: readonly number[];
  /** `[labels]`; see `labelThresholds`. */
  readonly thresholds: readonly number[];
  /** Share of the examples whose given label is the most probable one. */
  readonly agreement: number;
  /** `[judges]`: how much each judge's probabilities count, as powers; see `blendJudges`. */
  readonly weights: readonly number[];
}

export interface Suspects {
  readonly examples: number;
  /** The most suspicious first. */
  readonly suspects: readonly Suspect[];
  /** One for each question of the task. */
  readonly noise: readonly LabelNoise[];
  /** Who has judged; see `judgesOf`. */
  readonly judges: readonly Judge['name'][];
  /** `[rounds]`: examples that were not learnt from, since their labels looked wrong by then. */
  readonly leftOut: readonly number[];
}

export interface FindSuspectsOptions extends OutOfFoldOptions, LabelIssueOptions {}

/**
 * Finds training examples of a run whose labels are likely wrong, by confident learning (Northcutt, Jiang & Chuang 2021) on
 * what models of the run's config and a bag of words say of examples that they have not learnt from.
 *
 * @param split the run's training split
 * @returns undefined when it was stopped
 * @throws UserError when the run or the data is missing or damaged, or the task has no labels of whole texts
 */
export async function* findSuspects(
  run: RunFolder,
  split: Split,
  options: FindSuspectsOptions,
): AsyncGenerator<OutOfFoldEvent, Suspects | undefined> {
  const predictions = yield* predictOutOfFold(run, split, options);
  if (!predictions) return undefined;
  const { targets, judges, leftOut } = predictions;
  const questions = blendQuestions(await run.readTask(), predictions);
  const suspects = questions.flatMap((question) => suspectsOf(question, options));
  if (questions.length > 1) suspects.sort((one, other) => one.quality - other.quality);
  return {
    ...{ examples: targetCount(targets), suspects, noise: questions.map(noiseOf) },
    ...{ judges: judges.map(({ name }) => name), leftOut },
  };
}

/** The suspicious answers to one question, the most suspicious first. */
function suspectsOf({ names, data }: LabelQuestion, options: LabelIssueOptions): Suspect[] {
  const { labels, probabilities, labelCount } = data;
  const others = likeliestOthers(data);
  const quality = labelQuality(data, options.rankBy ?? 'normalizedMargin');
  return Array.from(findLabelIssues(data, options), (example) => ({
    example,
    given: names[labels[example]],
    suggested: names[others[example]],
    givenProbability: probabilities[example * labelCount + labels[example]],
    suggestedProbability: probabilities[example * labelCount + others[example]],
    quality: quality[example],
  }));
}

function noiseOf({ names, data, weights }: BlendedQuestion): LabelNoise {
  const { labels } = data;
  const margins = labelQuality(data, 'normalizedMargin');
  const agreeing = margins.reduce((count, margin) => count + Number(margin > 0.5), 0);
  return {
    names,
    counts: countLabels(data),
    thresholds: [...labelThresholds(data)],
    ...{ agreement: agreeing / labels.length, weights },
    ...estimateNoise(confidentJoint(data)),
  };
}
