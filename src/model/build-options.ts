import type { FeatureScaling } from '../batches/feature-scaling.js';
import type { Task } from '../tasks/task.js';
import type { IdRange } from '../text/run-ids.js';

/** What a model needs to know beside its config. */
export interface BuildOptions {
  /** Rows of the embedding: known words, padding among them, and OOV and n-gram buckets. */
  idCount: number;
  /** Which of them stand for runs of tokens; only a wide part asks. */
  runIds?: IdRange;
  /** Gives the last layers. */
  task: Task;
  /** Numbers beside the texts, which the last layers see next to what a text has become; default: none. */
  beside?: FeatureScaling;
  /** Fixes the initial weights. */
  seed: number;
}

/** Seeds for one layer after another, so that none starts with the weights of another. */
export function seedSequence(seed: number): () => number {
  let next = seed * 1_000;
  return () => {
    next += 10;
    return next;
  };
}
