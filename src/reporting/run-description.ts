import type { Config } from '../config/schema.js';
import type { Evaluation } from '../evaluation/evaluate.js';

/** What a training knows of itself beside its settings and metrics; also stored in run.json. What is not known is left out. */
export interface TrainingFacts {
  /** Trainable numbers of the model. */
  readonly parameters?: number;
  /** Distinct known tokens, `<pad>` included. */
  readonly knownTokens?: number;
  readonly trainingExamples?: number;
  readonly validationExamples?: number;
  /** Such as `wasm`. */
  readonly backend?: string;
  readonly threads?: number;
  /** Whole time of the training. */
  readonly seconds?: number;
  /** Such as `completed` or `interrupted`. */
  readonly status?: string;
}

/** All that the report and the model card of a run are made from. */
export interface RunDescription {
  readonly name: string;
  readonly config: Config;
  /** Names of the labels, by index. */
  readonly labels: readonly string[];
  /** The lines of metrics.jsonl. */
  readonly metrics: readonly Readonly<Record<string, unknown>>[];
  readonly facts: TrainingFacts;
  /** Version of imdb-rnn that trained it. */
  readonly version?: string;
  /** When it was made, ISO 8601. */
  readonly created?: string;
  /** Figures on examples that took no part in the training, if it was evaluated. */
  readonly evaluation?: { readonly split: string; readonly result: Evaluation };
}
