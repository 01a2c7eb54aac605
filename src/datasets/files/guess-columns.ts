import { UserError } from '../../errors/user-error.js';
import { countOf } from '../../formats/numbers.js';
import { labelNames, rankOfName, textNames } from '../../rows/column-names.js';
import { ownValue } from '../../rows/own-value.js';
import { labelName } from './label-names.js';

type Values = Readonly<Record<string, unknown>>;

/** A column that was chosen, and why: `by its name`. */
export interface GuessedColumn {
  readonly column: string;
  readonly reason: string;
}

export interface GuessedColumns {
  readonly text?: GuessedColumn;
  readonly label?: GuessedColumn;
  /** Columns that would do for the label alike, where none was chosen for that reason. */
  readonly labelCandidates: readonly string[];
}

/** Labels are few: above this many different values a column is not taken for labels by its content. */
const maxLabels = 100;

/** What the values of a column are like. */
interface ColumnFacts {
  readonly column: string;
  readonly filled: number;
  readonly distinct: number;
  /** Share of the values that are text and no number. */
  readonly textShare: number;
  readonly meanLength: number;
  readonly meanWords: number;
}

/**
 * Finds the column of the texts and the column of the labels by what columns are called, and where that does not tell, by
 * what is in them: the text is the longest free text; the label is the one column with few different values.
 *
 * @param columns in the file's order
 * @param rows some rows, such as the first thousand
 * @param options.taken columns that are something else already
 */
export function guessColumns(
  columns: readonly string[],
  rows: readonly Values[],
  { taken = [] }: { readonly taken?: readonly string[] } = {},
): GuessedColumns {
  const facts = columns.filter((name) => !taken.includes(name)).map((column) => factsOf(column, rows));
  const text = guessText(facts);
  const { chosen, candidates } = guessLabel(facts.filter(({ column }) => column !== text?.column));
  return { text, label: chosen, labelCandidates: candidates };
}

function guessText(facts: readonly ColumnFacts[]): GuessedColumn | undefined {
  const texts = facts.filter(({ textShare, filled }) => filled > 0 && textShare >= 0.5);
  const named = firstByName(texts, textNames, ({ meanWords }) => meanWords >= 2);
  if (named) return { column: named.column, reason: 'by its name' };
  const free = texts.filter(({ meanWords }) => meanWords >= 2);
  const [longest] = [...free].sort((one, other) => other.meanLength - one.meanLength);
  if (!longest) return undefined;
  const characters = Math.round(longest.meanLength);
  return { column: longest.column, reason: `its texts are the longest, ${characters} characters on average` };
}

function guessLabel(facts: readonly ColumnFacts[]): {
  readonly chosen?: GuessedColumn;
  readonly candidates: readonly string[];
} {
  const named = firstByName(facts, labelNames, ({ distinct }) => distinct >= 2 && distinct <= maxLabels);
  if (named) return { chosen: { column: named.column, reason: 'by its name' }, candidates: [] };
  const few = facts.filter(({ filled, distinct, meanWords }) => {
    return distinct >= 2 && distinct <= Math.min(maxLabels, filled / 2) && meanWords < 4;
  });
  if (few.length !== 1) return { candidates: few.map(({ column }) => column) };
  const [{ column, distinct }] = few;
  const reason = `the only other column with few different values, ${distinct}`;
  return { chosen: { column, reason }, candidates: [] };
}

/** @param fits what a column must be like of whose name only a word is known, as `review` of `review_id` */
function firstByName(
  facts: readonly ColumnFacts[],
  names: readonly string[],
  fits: (facts: ColumnFacts) => boolean,
): ColumnFacts | undefined {
  const ranked = facts.flatMap((fact) => {
    const rank = rankOfName(fact.column, names);
    return rank === undefined || (rank >= names.length && !fits(fact)) ? [] : [{ fact, rank }];
  });
  return ranked.sort((one, other) => one.rank - other.rank)[0]?.fact;
}

function factsOf(column: string, rows: readonly Values[]): ColumnFacts {
  const values = rows
    .map((row) => ownValue(row, column))
    .filter((value) => value !== undefined && value !== null && value !== '');
  const names = values.map((value) => (Array.isArray(value) ? value.join(' ') : labelName(value)) ?? '');
  const texts = values.filter(
    (value) => typeof value === 'string' && Number.isNaN(Number(value)),
  ) as string[];
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const mean = (numbers: readonly number[]) => (numbers.length === 0 ? 0 : sum(numbers) / numbers.length);
  return {
    column,
    filled: values.length,
    distinct: new Set(names).size,
    textShare: values.length === 0 ? 0 : texts.length / values.length,
    meanLength: mean(texts.map(({ length }) => length)),
    meanWords: mean(texts.map((text) => text.trim().split(/\s+/).length)),
  };
}

/** The guess in a sentence: `text column "review" (by its name), label column "stars" (by its name)`. */
export function describeGuess({ text, label }: GuessedColumns): string {
  const parts = [
    ...(text ? [`text column "${text.column}" (${text.reason})`] : []),
    ...(label ? [`label column "${label.column}" (${label.reason})`] : []),
  ];
  return parts.join(', ');
}

/** The columns of a file for a message, at most twenty of them. */
export function listColumns(columns: readonly string[]): string {
  const shown = columns.slice(0, 20).map((name) => JSON.stringify(name));
  const more = columns.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${countOf(more, 'more', 'more')}` : ''}`;
}

/** That no column can be the text. @param hint the next step */
export function noTextColumn(
  { path, columns }: { readonly path: string; readonly columns: readonly string[] },
  hint: string,
): UserError {
  return new UserError(
    `${path} has no column that looks like texts. Its columns: ${listColumns(columns)}.`,
    hint,
  );
}
