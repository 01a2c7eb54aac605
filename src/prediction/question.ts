/** A text, and the numbers beside it that the model was trained with, in the order of a predictor's `features`. */
export interface TextWithFeatures {
  readonly text: string;
  readonly features?: readonly number[];
}

/** A row of a table, as an object: its cells by the names of the columns. */
export type QuestionRow = Readonly<Record<string, unknown>>;

/** What a model is asked: a text, a text with its numbers, or the columns that the run was trained on. */
export type Question = string | TextWithFeatures | QuestionRow;
