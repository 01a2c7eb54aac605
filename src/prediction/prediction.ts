/** A label and how probable it is, 0 to 1. */
export interface LabelProbability {
  readonly label: string;
  readonly probability: number;
}

/** What a model says of one text. */
export interface Prediction {
  readonly text: string;
  /**
   * The label, or null where none is answered: the text is {@link unknown}, or the label less probable than was asked for.
   * Absent where a text may have several labels: see {@link labels}.
   */
  readonly label?: string | null;
  /** All labels that are answered: one or none; where a text may have several, any number of them. */
  readonly labels: readonly string[];
  /** How sure the model is of its answer, 0 to 1; of several labels, that the text has these and no others. */
  readonly probability: number;
  /** The probability of each label, by its name, in the order of the run's labels. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** The most probable labels, the most probable first; where they were asked for. */
  readonly top?: readonly LabelProbability[];
  /** The answer in a few words, whether it is withheld or not: `positive`, `price, taste`; `-` for no label. */
  readonly summary: string;
  /** Whether the text is so foreign to the training texts, for its length, that it has none of the labels; false in runs that cannot tell. */
  readonly unknown: boolean;
  /** How foreign the text is, in standard deviations of whole texts; of runs that were trained with `unknown`. */
  readonly foreignness?: number;
  /** Share of the text's length that was read, in the unit of the run's `text.maxLength`; 1 where nothing was cut. */
  readonly shareRead: number;
  /** Why the answer means little, when it does: the text is empty, or the model knows none of its words. */
  readonly note?: string;
}

export interface AnswerOptions {
  /** How many of the most probable labels are listed as `top`; none unless it is given. */
  readonly top?: number;
  /** An answer that is less probable has no label; its probabilities stay. Default 0. */
  readonly minProbability?: number;
}
