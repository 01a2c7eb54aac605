import type { Random, RandomState } from '../random/random.js';
import type { FigureForm, Figures } from '../tasks/figure.js';
import type { Learner } from './learner.js';

/** Where a training stands, beyond the weights: enough to go on as if it had never stopped. Plain JSON. */
export interface TrainingState {
  /** Number of the epoch that is running, from 1. */
  readonly epoch: number;
  /** Steps of it that are done. */
  readonly step: number;
  /** Steps that are done in all. */
  readonly steps: number;
  /** The shuffling's random numbers as they were when the epoch began. */
  readonly random: RandomState;
  /** The dropout's random numbers as they are now; absent where nothing can be dropped. */
  readonly dropout?: RandomState;
  /** Over the steps that are done. */
  readonly sums: EpochSums;
  /** Seconds that the epoch has taken so far. */
  readonly seconds: number;
  /** Seconds of the epochs before it. */
  readonly secondsBefore: number;
  /** The deciding figure of each validation so far, less being better. */
  readonly history: readonly number[];
  /** Steps that were done when it was last validated, and what came out. */
  readonly validated?: { readonly steps: number; readonly figures: Figures };
  /** The moment whose weights are kept, once there is one. */
  readonly best?: BestEpoch;
}

/** What an epoch has added up. */
export interface EpochSums {
  readonly examples: number;
  /** Of each step's mean loss times its examples. */
  readonly loss: number;
  /** What the task counts. */
  readonly counts: Figures;
}

export interface BestEpoch {
  readonly epoch: number;
  /** Steps of the epoch that were done; absent at its end. */
  readonly step?: number;
  /** Absent without a validation split: then the last epoch is the best. */
  readonly validation?: Figures;
}

/** The sums with a step's result added. */
export function withStep(
  sums: EpochSums,
  { loss, counts }: { loss: number; counts: Figures },
  examples: number,
): EpochSums {
  const names = Object.keys({ ...sums.counts, ...counts });
  return {
    examples: sums.examples + examples,
    loss: sums.loss + loss * examples,
    counts: Object.fromEntries(names.map((name) => [name, (sums.counts[name] ?? 0) + (counts[name] ?? 0)])),
  };
}

/** Where a training begins: before the first step of its first epoch. */
export function firstState({ random, learner }: { random: Random; learner: Learner }): TrainingState {
  const sums = { examples: 0, loss: 0, counts: {} };
  const beginning = { epoch: 1, step: 0, steps: 0, random: random.state, sums, history: [] };
  return { ...beginning, seconds: 0, secondsBefore: 0, ...dropoutOf(learner) };
}

/** Left out rather than undefined where nothing drops: the state is stored as JSON. */
export function dropoutOf({ dropout }: Learner): Pick<TrainingState, 'dropout'> {
  return dropout ? { dropout } : {};
}

/**
 * The state with a validation of this moment added.
 *
 * @param options.isBest whether the weights are the best whatever the figures say; else where the deciding one was never so good
 */
export function withValidation(
  state: TrainingState,
  figures: Figures,
  { place, deciding, isBest }: { place: BestEpoch; deciding: FigureForm; isBest: boolean },
): TrainingState {
  const score = scoreOf(figures, deciding);
  const isBetter = isBest || state.history.every((former) => score < former);
  return {
    ...state,
    history: [...state.history, score],
    validated: { steps: state.steps, figures },
    ...(isBetter && { best: { ...place, validation: figures } }),
  };
}

/** Less being better; a figure without meaning, such as a ROC AUC of one label, is worse than all others. */
function scoreOf(figures: Figures, { name, lessIsBetter }: FigureForm): number {
  const value = figures[name] ?? Number.NaN;
  if (!Number.isFinite(value)) return Number.MAX_VALUE;
  return lessIsBetter ? value : -value;
}
