/** Named numbers: `{ loss: 0.51, accuracy: 0.76 }`. */
export type Figures = Readonly<Record<string, number>>;

/** How a figure is called and written. */
export interface FigureForm {
  /** Its key in files and in `--json`: `rocAuc`. */
  readonly name: string;
  /** What people call it: `ROC AUC`. */
  readonly title: string;
  /** `share`: 0 to 1, written as percent; `number`: with four digits behind the point; `count`: a whole number. */
  readonly form: 'share' | 'number' | 'count';
  /** Whether less of it is better, as of a loss. */
  readonly lessIsBetter?: true;
}

/** What training makes small. */
export const lossForm: FigureForm = { name: 'loss', title: 'loss', form: 'number', lessIsBetter: true };

/** One figure of an evaluation. */
export interface Figure extends FigureForm {
  /** `null` where it has no meaning, such as a ROC AUC when a label has no example. */
  readonly value: number | null;
  /** 95 % interval. */
  readonly interval?: readonly [lower: number, upper: number];
  /** What it is, where the title does not say. */
  readonly note?: string;
  /** One of the few that stand for all where there is no room for more, such as in a comparison of many runs. */
  readonly main?: true;
}

/** A table of an evaluation: a name for each row, a form for each column. */
export interface FigureTable {
  /** `confusion`: counts `[labels, labels]`, the row being what is true. */
  readonly kind: 'figures' | 'confusion';
  readonly title: string;
  /** Above the names of the rows. */
  readonly corner: string;
  readonly columns: readonly Pick<FigureForm, 'title' | 'form'>[];
  readonly rows: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** How good a model is on examples whose targets are known. */
export interface Evaluation {
  /** In the order in which they are shown; the first one ranks runs. */
  readonly figures: readonly Figure[];
  readonly tables: readonly FigureTable[];
  /** What `--json` has beside the figures; plain JSON. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly examples: number;
}

/** The value of a figure by its name; `undefined` where the evaluation has no such figure. */
export function figureOf({ figures }: Pick<Evaluation, 'figures'>, name: string): number | null | undefined {
  return figures.find((figure) => figure.name === name)?.value;
}

/** An evaluation as plain data: `{ accuracy, accuracyInterval, ..., examples }`. */
export function evaluationRecord({ figures, details, examples }: Evaluation): Record<string, unknown> {
  const named = figures.flatMap(({ name, value, interval }): [string, unknown][] => [
    [name, value],
    ...(interval ? [[`${name}Interval`, interval] as [string, unknown]] : []),
  ]);
  return { ...Object.fromEntries(named), ...details, examples };
}
