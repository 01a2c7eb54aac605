import { freeName } from '../rows/free-name.js';
import type { ChosenRow } from './choose-next.js';

/** Rows for a person to fill in, ready for `writeRows`. */
export interface LabellingSheet {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * A sheet of chosen rows: the columns that they have, in their order; the label's column, which is empty; then `rank`,
 * `predicted` and `probability`, what the model says of the text. A name that the rows have already gets a number.
 *
 * @param options.columns of the rows
 * @param options.labelColumn added where the rows do not have it
 */
export function labellingSheet(
  chosen: readonly ChosenRow[],
  { columns, labelColumn }: { columns: readonly string[]; labelColumn: string },
): LabellingSheet {
  const own = columns.includes(labelColumn) ? columns : [...columns, labelColumn];
  const [rank, predicted, probability] = ['rank', 'predicted', 'probability'].map((name) =>
    freeName(name, new Set(own)),
  );
  return {
    columns: [...own, rank, predicted, probability],
    rows: chosen.map((each, index) => ({
      ...each.row.values,
      [labelColumn]: '',
      [rank]: index + 1,
      [predicted]: each.summary,
      [probability]: each.probability,
    })),
  };
}
