import { freeName } from '../rows/free-name.js';
import type { FileEntry } from './file-entries.js';
import type { Prediction } from './prediction.js';

/** Names of the columns that answers add to a table. */
export interface AnswerColumns {
  /** `label`, or `labels` where a text may have several. */
  readonly label: string;
  readonly probability: string;
  /** One for each label, by its index. */
  readonly ofLabels: readonly string[];
  /** Where the run tells foreign texts. */
  readonly foreignness?: string;
  /** Where the most probable labels are listed. */
  readonly top?: string;
  readonly note: string;
  /** Names that the table has already, and what is used in their place. */
  readonly renamed: readonly (readonly [taken: string, used: string])[];
}

/**
 * Chooses the names, none of which a column of the table has.
 *
 * @param taken the table's own columns
 * @param options `several`: whether a text may have several labels
 */
export function nameAnswerColumns(
  taken: readonly string[],
  options: {
    readonly labels: readonly string[];
    readonly several: boolean;
    readonly foreignness: boolean;
    readonly top: boolean;
  },
): AnswerColumns {
  const used = new Set(taken);
  const renamed: [string, string][] = [];
  const free = (name: string) => {
    const candidate = freeName(name, used);
    if (candidate !== name) renamed.push([name, candidate]);
    used.add(candidate);
    return candidate;
  };
  return {
    label: free(options.several ? 'labels' : 'label'),
    probability: free('probability'),
    ofLabels: options.labels.map((label) => free(`probability:${label}`)),
    ...(options.top && { top: free('top') }),
    ...(options.foreignness && { foreignness: free('foreignness') }),
    note: free('note'),
    renamed,
  };
}

/** The columns in the order in which they are written, `note` left out: it comes only where there is one. */
export function columnsOfAnswers(names: AnswerColumns): string[] {
  const { label, probability, ofLabels, top, foreignness } = names;
  return [label, probability, ...ofLabels, ...[top, foreignness].filter((name) => name !== undefined)];
}

/**
 * The values of one row's answer. What has no answer (a broken row, an empty text) has a note alone.
 *
 * @param prediction of the row's text, where it has one
 * @param labels names of the labels, by index
 */
export function answerValues(
  { problem }: FileEntry,
  prediction: Prediction | undefined,
  names: AnswerColumns,
  labels: readonly string[],
): Record<string, unknown> {
  const noted = (notes: readonly (string | undefined)[]) => {
    const given = notes.filter((note) => note !== undefined);
    return given.length === 0 ? {} : { [names.note]: given.join('; ') };
  };
  if (prediction === undefined) return noted([problem ?? 'empty text']);
  const { probability, probabilities, top = [] } = prediction;
  const values: Record<string, unknown> = {
    [names.label]: prediction.labels.join('|'),
    [names.probability]: probability,
  };
  labels.forEach((name, index) => {
    values[names.ofLabels[index]] = probabilities[name];
  });
  if (names.top !== undefined) values[names.top] = top.map(({ label }) => label).join('|');
  if (names.foreignness !== undefined) values[names.foreignness] = prediction.foreignness;
  const foreign = prediction.unknown ? 'none of these' : undefined;
  return { ...values, ...noted([problem, prediction.note, foreign]) };
}
