import { ownValue } from '../../rows/own-value.js';
import type { Row } from '../../rows/row.js';
import { cellNumber, cellText, kindOf, notANumber, notAText } from './cells.js';
import { labelName } from './label-names.js';
import type { FilesSettings } from './settings.js';

/**
 * Between texts of several columns: a mark that hardly any text has. `letters` passes it over as it does all marks,
 * `punctuation` and `keras` keep it as a token of its own.
 */
export const columnMark = ' ¶ ';

/** What settings take of a row, labels and categories by their names. */
export interface FileRecord {
  readonly text: string;
  readonly labels: readonly string[];
  /** Whether the row has a list of labels that is not of one label. */
  readonly isList: boolean;
  readonly weight?: number;
  readonly numbers: readonly number[];
  readonly categories: readonly string[];
  /** Undefined for a row that is alone in its group. */
  readonly group?: string;
}

/** Reads what settings take of a row; a string where the row cannot be an example: what it lacks. */
export type ReadRecord = (row: Row) => FileRecord | string;

/** The columns that texts are made of. @param settings with the columns filled in */
export function textColumnsOf({ columns, text }: FilesSettings): readonly string[] {
  return columns ? Object.values(columns) : [text as string];
}

/** @param settings with the columns filled in */
export function recordReader(settings: FilesSettings): ReadRecord {
  const { label, labelSeparator, weight, features, groupBy } = settings;
  const textColumns = textColumnsOf(settings);
  const { numeric = [], categorical = [] } = features ?? {};
  return ({ values }) => {
    const cell = (column: string) => ownValue(values, column);
    const texts = textColumns.map((column) => cellText(cell(column)));
    const strange = texts.indexOf(undefined);
    if (strange >= 0) return notAText(textColumns[strange], cell(textColumns[strange]));
    if (texts.every((text) => text?.trim() === '')) return 'has no text.';
    const labels = labelsOf(cell(label as string), labelSeparator);
    if (typeof labels === 'string') return labels;
    const numbers: number[] = [];
    for (const column of numeric) {
      const number = cellNumber(cell(column));
      if (number === undefined) return notANumber(column, cell(column));
      numbers.push(number);
    }
    const counts = weight === undefined ? undefined : cellNumber(cell(weight));
    if (weight !== undefined && (counts === undefined || counts < 0)) {
      return counts === undefined
        ? notANumber(weight, cell(weight))
        : `has the weight ${counts}, which is below 0.`;
    }
    const group = groupBy === undefined ? undefined : labelName(cell(groupBy));
    return {
      text: texts.join(columnMark),
      ...labels,
      numbers,
      categories: categorical.map((column) => labelName(cell(column)) ?? ''),
      ...(counts !== undefined && { weight: counts }),
      ...(group !== undefined && { group }),
    };
  };
}

function labelsOf(
  value: unknown,
  separator: string | undefined,
): { readonly labels: readonly string[]; readonly isList: boolean } | string {
  if (value === undefined || value === null) return 'has no label.';
  const isList = Array.isArray(value);
  if (!isList && separator === undefined) {
    const name = labelName(value);
    if (name !== undefined) return { labels: [name], isList: false };
    return typeof value === 'string' ? 'has no label.' : `has ${kindOf(value)} as its label.`;
  }
  const parts: readonly unknown[] = isList ? value : String(value).split(separator as string);
  const given = isList ? parts : parts.filter((part) => labelName(part) !== undefined);
  const names = given.map(labelName);
  if (names.includes(undefined)) return 'has a list of labels with something else in it.';
  const labels = [...new Set(names as string[])];
  return { labels, isList: labels.length !== 1 || separator !== undefined };
}
