import { countOf, formatCount } from '../../formats/numbers.js';
import { type FilePart, fileParts, type PartFiles } from './find-split-files.js';
import { describeJoinedLabels, guessLabelSeparator } from './guess-label-separator.js';
import type { ProblemLog } from './problem-log.js';
import { nameFiles } from './resolve-files.js';
import type { FilesSettings } from './settings.js';
import { labelsOfRow } from './survey-labels.js';
import type { SurveyedRows } from './survey-rows.js';

/** How many labels are told with their counts. */
const toldLabels = 10;

/** Counts texts that come more than once in training, and leaves all but the first out where that is asked for. */
export function noteDuplicates(
  rows: SurveyedRows,
  leftOut: Uint8Array,
  { duplicates }: Pick<FilesSettings, 'duplicates'>,
): string[] {
  let [repeated, contradicting, example] = [0, 0, -1];
  for (let row = 0; row < rows.part.length; row++) {
    const first = rows.first[row];
    if (rows.part[row] !== 0 || leftOut[row] || first === row || rows.part[first] !== 0) continue;
    repeated += 1;
    if (example < 0) example = row;
    if (String(labelsOfRow(rows, row)) !== String(labelsOfRow(rows, first))) contradicting += 1;
    if (duplicates === 'drop') leftOut[row] = 1;
  }
  if (repeated === 0) return [];
  const [where, before] = [example, rows.first[example]].map((row) => placeOf(rows, row));
  const others = contradicting > 0 ? `, ${formatCount(contradicting)} of them with another label` : '';
  const done = duplicates === 'drop' ? 'they are left out' : 'they are kept (dataset.duplicates)';
  const repeats = `${countOf(repeated, 'training row')} ${repeated === 1 ? 'repeats' : 'repeat'} the text of an earlier one`;
  return [`${repeats}${others}, such as ${where} that of ${before}; ${done}`];
}

/** Reports texts and groups that are on two sides: figures of such rows tell too much good. */
export function noteShared(rows: SurveyedRows, sides: Uint8Array, log: ProblemLog): void {
  for (let row = 0; row < sides.length; row++) {
    if (sides[row] === 0) continue;
    const [first, group] = [rows.first[row], rows.group[row]];
    const name = (side: number) => (side === 1 ? 'training' : fileParts[side - 1]);
    if (sides[first] !== 0 && sides[first] < sides[row]) {
      const message = `the same text is among the ${name(sides[first])} rows (${placeOf(rows, first)}).`;
      log.add(`${name(sides[row])} rows whose text is on another side, too`, { ...rows.place(row), message });
    } else if (sides[group] !== 0 && sides[group] < sides[row]) {
      const message = `the same group is among the ${name(sides[group])} rows (${placeOf(rows, group)}).`;
      log.add(`${name(sides[row])} rows whose group is on another side, too`, {
        ...rows.place(row),
        message,
      });
    }
  }
}

/** Lines about labels and sizes. */
export function describeRows(
  rows: SurveyedRows,
  sides: Uint8Array,
  found: {
    readonly labels: readonly string[];
    readonly counts: Readonly<Record<FilePart, number>>;
    readonly parts: PartFiles;
  },
): string[] {
  const { labels, counts, parts } = found;
  const ofLabel = new Map<string, { count: number; first: number }>();
  sides.forEach((side, row) => {
    if (side === 0) return;
    for (const index of labelsOfRow(rows, row)) {
      const known = ofLabel.get(rows.labelNames[index]) ?? { count: 0, first: row };
      ofLabel.set(rows.labelNames[index], { ...known, count: known.count + 1 });
    }
  });
  const lines: string[] = [];
  const told = labels
    .slice(0, toldLabels)
    .map((name) => `${name} (${formatCount(ofLabel.get(name)?.count ?? 0)})`);
  const more = labels.length - told.length;
  lines.push(`labels: ${told.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`);
  const separator = guessLabelSeparator(labels);
  if (separator !== undefined) {
    const hint = `--set 'dataset.labelSeparator=${separator}' makes them that`;
    lines.push(`${describeJoinedLabels(labels, separator)}: ${hint}`);
  }
  const rare =
    parts.train === undefined || separator !== undefined
      ? []
      : labels.filter((name) => ofLabel.get(name)?.count === 1);
  if (rare.length > 0) {
    const [first] = rare;
    const where = placeOf(rows, ofLabel.get(first)?.first ?? 0);
    const others = rare.length > 1 ? `, and ${countOf(rare.length - 1, 'other label')} too` : '';
    lines.push(
      `the label ${JSON.stringify(first)} has one example (${where})${others}: it cannot be measured`,
    );
  }
  const sizes = fileParts.flatMap((part) => {
    if (counts[part] === 0) return [];
    const files = parts[part];
    const source = files ? nameFiles(files) : 'held out';
    return [`${formatCount(counts[part])} ${part === 'train' ? 'for training' : `for ${part}`} (${source})`];
  });
  lines.push(`examples: ${sizes.join(', ')}`);
  return lines;
}

function placeOf(rows: SurveyedRows, row: number): string {
  const { file, line } = rows.place(row);
  return `${file}:${line}`;
}
