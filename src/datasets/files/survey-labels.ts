import { nearest } from '../../errors/nearest.js';
import { UserError } from '../../errors/user-error.js';
import { countOf, formatCount } from '../../formats/numbers.js';
import { sortNames } from './label-names.js';
import type { ProblemLog } from './problem-log.js';
import type { FilesSettings } from './settings.js';
import type { SurveyedRows } from './survey-rows.js';

/**
 * The labels in the order of their indices: those that the settings name, then those of training rows by name.
 *
 * @throws UserError where there are none to tell apart
 */
export function trainingLabels(
  rows: SurveyedRows,
  { settings, log }: { readonly settings: FilesSettings; readonly log: ProblemLog },
): string[] {
  const seen = new Uint8Array(rows.labelNames.length);
  let examples = 0;
  rows.part.forEach((part, row) => {
    if (part !== 0) return;
    examples += 1;
    for (const label of labelsOfRow(rows, row)) seen[label] = 1;
  });
  if (examples === 0) {
    const [problem] = log.groups().flatMap(({ first }) => first);
    const where = problem ? ` The first problem: ${problem.file}:${problem.line}: ${problem.message}` : '';
    throw new UserError(
      `No row of the training files can be learnt from.${where}`,
      'Look at the files, or name other columns with --text-column and --label-column.',
    );
  }
  const first = new Set(settings.labels);
  const found = rows.labelNames.filter((name, index) => seen[index] === 1 && !first.has(name));
  const labels = [...first, ...sortNames(found)];
  const least = rows.several ? 1 : 2;
  if (labels.length >= least) return labels;
  const subject =
    examples === 1 ? 'The only training row has' : `All ${formatCount(examples)} training rows have`;
  throw new UserError(
    labels.length === 0
      ? `None of the ${countOf(examples, 'training row')} has a label.`
      : `${subject} the label ${JSON.stringify(labels[0])} (column "${settings.label}"); two labels are needed to tell apart.`,
    'Give examples of another label, or name another column with --label-column.',
  );
}

export function labelsOfRow({ labels, labelOffsets }: SurveyedRows, row: number): Int32Array {
  return labels.subarray(labelOffsets[row], labelOffsets[row + 1]);
}

/**
 * Marks rows with a label that is not known: they are left out.
 *
 * @param options.known the labels that training has
 * @throws UserError with name, count and first line, unless such rows are to be left out
 */
export function leaveUnknownOut(
  rows: SurveyedRows,
  leftOut: Uint8Array,
  options: { readonly known: readonly string[]; readonly settings: FilesSettings; readonly log: ProblemLog },
): void {
  const { known, settings, log } = options;
  const isKnown = rows.labelNames.map((name) => known.includes(name));
  const unknown = new Map<number, { count: number; first: number }>();
  for (let row = 0; row < rows.part.length; row++) {
    if (leftOut[row]) continue;
    const strange = labelsOfRow(rows, row).find((label) => !isKnown[label]);
    if (strange === undefined) continue;
    leftOut[row] = 1;
    const found = unknown.get(strange) ?? { count: 0, first: row };
    unknown.set(strange, { ...found, count: found.count + 1 });
  }
  if (unknown.size === 0) return;
  const [[label, { count, first }]] = unknown;
  const { file, line } = rows.place(first);
  const name = rows.labelNames[label];
  const more = unknown.size > 1 ? `, and ${countOf(unknown.size - 1, 'other label')} neither` : '';
  if (!settings.ignoreUnknownLabels) {
    const meant = nearest(name, known);
    throw new UserError(
      `${file}:${line}: the label ${JSON.stringify(name)} (${countOf(count, 'row')}) is not among those of training${more}.`,
      `${meant === undefined ? '' : `Did you mean ${JSON.stringify(meant)}? `}Training has ${listLabels(known)}. ` +
        'To leave such rows out: --ignore-unknown-labels, or dataset.ignoreUnknownLabels: true.',
    );
  }
  for (const [index, { count: rowsOfLabel, first: row }] of unknown) {
    const message = `the label ${JSON.stringify(rows.labelNames[index])} (${countOf(rowsOfLabel, 'row')}) is not among those of training.`;
    log.add('labels that are not known, whose rows are left out', { ...rows.place(row), message });
  }
}

/** Where training rows have one label each, a row that has several, or none, is left out. */
export function leaveListsOut(rows: SurveyedRows, leftOut: Uint8Array, log: ProblemLog): void {
  for (let row = 0; row < rows.part.length; row++) {
    const { length } = labelsOfRow(rows, row);
    if (rows.part[row] < 0 || length === 1) continue;
    leftOut[row] = 1;
    const message = `has ${countOf(length, 'label')}, where training rows have one each.`;
    log.add('rows that are left out', { ...rows.place(row), message });
  }
}

/** At most ten labels for a sentence. */
function listLabels(labels: readonly string[]): string {
  const shown = labels.slice(0, 10).map((name) => JSON.stringify(name));
  const more = labels.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}
