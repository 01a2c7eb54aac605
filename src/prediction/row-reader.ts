import { cellNumber, cellText, notANumber, notAText, oneHot } from '../datasets/files/cells.js';
import { labelName } from '../datasets/files/label-names.js';
import { columnMark } from '../datasets/files/read-record.js';
import type { FilesSettings } from '../datasets/files/settings.js';
import { ownValue } from '../rows/own-value.js';
import type { Row } from '../rows/row.js';
import type { TextWithFeatures } from './question.js';

/** Reads what a model is asked of a row, as it was read in training; a string where the row lacks it: what is wrong. */
export type ReadRow = (row: Pick<Row, 'values'>) => TextWithFeatures | string;

/**
 * @param options.textColumns the columns of the text, joined as those of training examples are
 * @param options.features the columns beside the text, as the run's config has them; default: none
 */
export function rowReader({
  textColumns,
  features = { numeric: [], categorical: [] },
}: {
  readonly textColumns: readonly string[];
  readonly features?: FilesSettings['features'];
}): ReadRow {
  const { numeric, categorical, categories = [] } = features;
  return ({ values }) => {
    const cell = (column: string) => ownValue(values, column);
    const texts = textColumns.map((column) => cellText(cell(column)));
    const strange = texts.indexOf(undefined);
    if (strange >= 0) return notAText(textColumns[strange], cell(textColumns[strange]));
    if (texts.every((text) => text?.trim() === '')) return { text: '' };
    const text = texts.join(columnMark);
    if (numeric.length + categorical.length === 0) return { text };
    const numbers = numeric.map((column) => cellNumber(cell(column)));
    const missing = numbers.indexOf(undefined);
    if (missing >= 0) return notANumber(numeric[missing], cell(numeric[missing]));
    const names = categorical.map((column) => labelName(cell(column)) ?? '');
    return { text, features: [...(numbers as number[]), ...oneHot(categories, names)] };
  };
}
