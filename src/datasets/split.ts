import type { FixedVocabularySettings } from './fixed-vocabulary.js';

/** The parts of a data set. `unsupervised` holds examples without a label. */
export const splitNames = ['train', 'validation', 'test', 'unsupervised'] as const;
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
  /** How much it counts in training, from 0 up; 1 where it is absent. */
  readonly weight?: number;
  /** Numbers beside the text, as many for every example of a data set. */
  readonly features?: readonly number[];
  /** Whether it is an excerpt of the text of the example before. */
  readonly isFurther?: boolean;
}

/**
 * What is to be learnt of examples, as integers laid end to end. What they mean, such as indices of labels, is for the task
 * to say.
 */
export interface Targets {
  /** All examples' integers, one example after the other; -1 where an example has no target. */
  readonly values: Int32Array;
  /**
   * `[examples + 1]`: example `i` has `values` from `offsets[i]` up to, not including, `offsets[i + 1]`. Absent where each
   * example has one integer.
   */
  readonly offsets?: Int32Array;
}

/** Examples as word ids, laid end to end, and the words. */
export interface IdExamples {
  readonly ids: Int32Array;
  /** `[examples + 1]`: example `i` has `ids` from `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: Int32Array;
  readonly targets: Targets;
  /** The words by their ids. */
  readonly words: readonly string[];
}

/**
 * A number that stands beside every text: `numeric` as it was measured, `category` 1 or 0, whether the example is of one
 * category.
 */
export interface FeatureColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
}

/** What every part of a data set tells without being read. */
interface SplitFacts {
  /** The name of the data set that it is a part of. */
  readonly dataset?: string;
  readonly name: SplitName;
  /** Names of the labels: `['negative', 'positive']`. */
  readonly labels: readonly string[];
  /** Whether targets are lists, of none, one or several labels; default: each example has one label. */
  readonly several?: boolean;
  /** Number of examples; what settings of the data set leave out may still be counted. */
  readonly count: number;
  /** SHA-256 (hex) that changes with the split's content; known without reading all of it. */
  readonly contentHash: string;
  /** What the examples' `features` are, in their order; absent where they have none. */
  readonly features?: readonly FeatureColumn[];
}

/** One part of a data set of texts, found on disk but not yet read. */
export interface TextSplit extends SplitFacts {
  readonly kind: 'texts';
  /**
   * Reads all of it, always in the same order, some examples at a time: a reader that keeps none of them needs the memory of
   * one portion, however large the data set.
   *
   * @throws UserError when the files are damaged or gone
   */
  read(): AsyncIterable<readonly Example[]>;
}

/** One part of a data set whose words are ids already, found on disk but not yet read. */
export interface IdSplit extends SplitFacts {
  readonly kind: 'ids';
  /** How texts get such ids. */
  readonly vocabulary: FixedVocabularySettings;
  /**
   * Reads all of it, always in the same order.
   *
   * @throws UserError when the files are damaged or gone
   */
  read(): Promise<IdExamples>;
}

/** One part of a data set: texts, or word ids. */
export type Split = TextSplit | IdSplit;
