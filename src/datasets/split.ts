import type { KerasImdbConfig } from '../config/schema.js';

/** The parts of a data set. `unsupervised` holds examples without a label. */
export const splitNames = ['train', 'test', 'unsupervised'] as const;
export type SplitName = (typeof splitNames)[number];

/**
 * What is to be learnt of a text: an index into the split's `labels`, -1 where there is none (`unsupervised`), or a list of
 * indices, of several labels or of one for each token.
 */
export type Target = number | readonly number[];

/** One text as it was written, and what it is. */
export interface Example {
  readonly text: string;
  /** What is to be learnt of it. */
  readonly target: Target;
}

/** Examples as word ids, laid end to end. */
export interface WordIds {
  readonly ids: Int32Array;
  /** `[examples + 1]`: example `i` has `ids` from `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: Int32Array;
  /** `[examples]` */
  readonly labels: Int32Array;
}

/** How a data set that holds word ids, not texts, is read. */
export interface WordIdSource {
  readonly config: KerasImdbConfig;
  /** @returns the examples, and the words by their ids */
  read(): Promise<{ readonly examples: WordIds; readonly words: readonly string[] }>;
}

/** One part of a data set, found on disk but not yet read. */
export interface Split {
  readonly name: SplitName;
  /** Names of the labels: `['negative', 'positive']`. */
  readonly labels: readonly string[];
  /** Number of examples; of keras-imdb before `dataset.maxLength` leaves some out. */
  readonly count: number;
  /** SHA-256 (hex) that changes with the split's content; known without reading all of it. */
  readonly contentHash: string;
  /**
   * Reads all of it, always in the same order.
   *
   * @throws UserError when the files are damaged or gone
   */
  read(): Promise<Example[]>;
  /** For a data set of word ids: what is read in place of texts. */
  readonly wordIds?: WordIdSource;
}
