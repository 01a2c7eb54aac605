/** The parts of a data set. `unsupervised` holds reviews without a label. */
export const splitNames = ['train', 'test', 'unsupervised'] as const;
export type SplitName = (typeof splitNames)[number];

/** One review as it was written, and what it is. */
export interface Example {
  readonly text: string;
  /** Index into the split's `labels`; -1 where there is none (`unsupervised`). */
  readonly label: number;
}

/** One part of a data set, found on disk but not yet read. */
export interface Split {
  readonly name: SplitName;
  /** Names of the labels: `['negative', 'positive']`. */
  readonly labels: readonly string[];
  /** Number of examples. */
  readonly count: number;
  /** SHA-256 (hex) that changes with the split's content; known without reading all of it. */
  readonly contentHash: string;
  /**
   * Reads all of it, always in the same order.
   *
   * @throws UserError when the files are damaged or gone
   */
  read(): Promise<Example[]>;
}
