import type { Config } from '../config/schema.js';
import type { FeatureColumn } from '../datasets/split.js';
import type { Evaluation } from '../tasks/figure.js';
import type { Task } from '../tasks/task.js';

/** What a training knows of itself beside its settings and metrics; also stored in run.json. What is not known is left out. */
export interface TrainingFacts {
  /** Trainable numbers of the model. */
  readonly parameters?: number;
  /** Numbers beside the texts that the model sees. */
  readonly features?: readonly FeatureColumn[];
  /** Distinct known tokens, `<pad>` included. */
  readonly knownTokens?: number;
  readonly trainingExamples?: number;
  readonly validationExamples?: number;
  /** Such as `wasm`. */
  readonly backend?: string;
  readonly threads?: number;
  readonly simd?: string;
  readonly vectorBits?: number;
  /** Of the native kernels, such as `avx512`. */
  readonly instructions?: string;
  /** The epoch whose weights are kept; null where none has ended. */
  readonly bestEpoch?: number | null;
  /** Whole time of the training. */
  readonly seconds?: number;
  readonly peakMemoryBytes?: number;
  /** Figures by split, once it was evaluated. */
  readonly evaluations?: Readonly<Record<string, Evaluation>>;
  /** Such as `completed` or `interrupted`. */
  readonly status?: string;
}

/** All that the report and the model card of a run are made from. */
export interface RunDescription {
  readonly name: string;
  readonly config: Config;
  readonly task: Task;
  /** The lines of metrics.jsonl. */
  readonly metrics: readonly Readonly<Record<string, unknown>>[];
  readonly facts: TrainingFacts;
  /** Kinds of layers that stock TensorFlow.js cannot build; undefined where that is not known. */
  readonly ownLayers?: readonly string[];
  /** Version of imdb-rnn that trained it. */
  readonly version?: string;
  /** When it was made, ISO 8601. */
  readonly created?: string;
  /** Figures on examples that took no part in the training, if it was evaluated. */
  readonly evaluation?: { readonly split: string; readonly result: Evaluation };
  /** How often answers to its test split were looked at. */
  readonly testLooks?: number;
}
