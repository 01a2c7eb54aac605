import type { z } from 'zod';
import type { DownloadFileOptions } from './fetch/download-file.js';
import type { FetchListeners } from './fetch/fetch-event.js';
import type { FixedVocabularySettings } from './fixed-vocabulary.js';
import type { Split, SplitName } from './split.js';

/** Every data set's settings say which data set it is. */
export interface NamedSettings {
  readonly name: string;
}

/** What opening a split needs besides the data set's settings. */
export interface OpenOptions {
  /** The folder that `imdb-rnn download` writes to. */
  readonly dataDir: string;
  /** A sentence about the data that the user should see. */
  readonly onNote?: (note: string) => void;
}

/** What making sure of a split needs besides the data set's settings. */
export interface EnsureOptions extends OpenOptions, FetchListeners {
  /** What was received of a download stays when it is aborted. */
  readonly signal?: AbortSignal;
  /** Attempts, pauses and connection of the download. */
  readonly network?: Pick<DownloadFileOptions, 'attempts' | 'firstPauseMs' | 'stallMs' | 'dispatcher'>;
}

/** What of a config's `text` a data set may object to. */
export interface CheckedText {
  readonly lengthUnit: string;
  readonly tokenizer: string;
  readonly minimumCount: number;
  readonly ngrams: number;
  readonly excerpts: string | number;
}

/** A key of `text` that contradicts the data set, and a sentence without its end. */
export interface TextProblem {
  readonly key: keyof CheckedText;
  readonly message: string;
}

/** Another data set for those who cannot have this one. */
export interface Fallback<Settings> {
  readonly dataset: Settings;
  /** What the user must be told: why, and what it means. */
  warnings(options: { dataDir: string; reason: string }): readonly string[];
}

/** Options of `imdb-rnn download` that not every data set knows. */
export interface DownloadFlags {
  readonly archive?: string;
  readonly url?: string;
  readonly unsupervised?: boolean;
  readonly files?: boolean;
  readonly npz?: string;
  readonly wordIndex?: string;
}

/** One thing that a download put into its place, or found there. */
export interface DownloadedPart {
  readonly name: string;
  readonly amount: { readonly reviews: number } | { readonly bytes: number };
  /** Where it lies, unless the name says so. */
  readonly path?: string;
  /** Whether it was put there now. */
  readonly isNew: boolean;
}

/** How `imdb-rnn download` gets a data set. */
export interface Download {
  /** The options that go with this data set. */
  readonly flags: readonly (keyof DownloadFlags)[];
  /** @returns also `facts`: what `--json` prints of it */
  fetch(
    options: OpenOptions & FetchListeners & { readonly flags: DownloadFlags; readonly signal: AbortSignal },
  ): Promise<{
    readonly parts: readonly DownloadedPart[];
    readonly facts: Readonly<Record<string, unknown>>;
  }>;
}

/**
 * All that is known of a data set. Adding one: such a value in a folder of its own, and a row in `dataset-table.ts`. Its file
 * is loaded with every config, so readers and downloads are imported inside of the functions.
 *
 * @typeParam Settings what `dataset` is in a config
 */
export interface Dataset<Settings extends NamedSettings, AnySettings = NamedSettings> {
  /** The settings, each with its description; `name` is a literal. */
  readonly settings: z.ZodType<Settings>;
  /** Settings of `text` that mean nothing for this data set. */
  checkText?(text: CheckedText): readonly TextProblem[];
  /**
   * Fills in what the data itself tells, such as the names of columns, and makes paths absolute: what a run keeps, so that
   * it can be measured from another folder. Absent where settings are whole as they are.
   *
   * @throws UserError when the data is not there, or does not tell
   */
  resolve?(dataset: Settings, options: OpenOptions): Promise<Settings>;
  /** The splits that it has; absent where these are `train` and `test`. @throws UserError like `open` */
  splits?(options: OpenOptions & { readonly dataset: Settings }): Promise<readonly SplitName[]>;
  /**
   * Finds a split without reading it yet.
   *
   * @throws UserError when it is not there (it says how to get it), is damaged or not complete, or when the data set has no
   * such split
   */
  open(split: SplitName, options: OpenOptions & { readonly dataset: Settings }): Promise<Split>;
  /**
   * Makes sure that splits can be opened; gets them from the network where they are not there and may be had.
   *
   * @throws DownloadError when they cannot be had from the network
   */
  ensure(
    splits: readonly SplitName[],
    options: EnsureOptions & { readonly dataset: Settings },
  ): Promise<void>;
  /** What it is and where it comes from, in a sentence or two. */
  describe(dataset: Settings): string;
  /** Where its words have their ids already: how texts get them. */
  vocabulary?(dataset: Settings): FixedVocabularySettings;
  /** What may take its place where it cannot be had from the network. */
  readonly fallback?: Fallback<AnySettings>;
  /** Where `imdb-rnn download` can get it. */
  readonly download?: Download;
}
