import type { Mistake } from '../evaluation/mistakes.js';
import { formatDuration } from '../formats/durations.js';
import { formatFigure } from '../formats/figure.js';
import { formatPercent, formatRate } from '../formats/numbers.js';
import type { RunEvaluation } from '../jobs/evaluate-run.js';
import { cutTable } from '../reporting/cut-table.js';
import { describeDecision } from '../reporting/describe-decision.js';
import type { FigureTable } from '../tasks/figure.js';
import { columnsOf, cropToWidth, displayWidth } from '../terminal/display-width.js';
import { formatTable } from '../terminal/table.js';
import { truthText } from './write-mistakes.js';

/** Rows of a table on the terminal: a screen still holds one of them. */
const mostRows = { figures: 20, confusion: 10 };

/**
 * An evaluation as people read it: the figures, the main ones first, then the tables, cut where they are long, and the
 * mistakes.
 *
 * @param options.width columns of the terminal
 */
export function formatEvaluation(
  result: RunEvaluation,
  { width = columnsOf(process.stdout) }: { width?: number } = {},
): string {
  const { task, tables, mistakes } = result;
  const decided = describeDecision(task, task.decision);
  return [
    formatFigures(result, width),
    ...(decided.length > 0 ? [decided.join('\n')] : []),
    ...tables.map((table) => formatFigureTable(table, width)),
    ...(mistakes.length > 0 ? [formatMistakes(mistakes, width)] : []),
  ].join('\n\n');
}

function formatFigures(result: RunEvaluation, width: number): string {
  const { figures, examples, seconds, examplesPerSecond } = result;
  const ordered = [...figures.filter(({ main }) => main), ...figures.filter(({ main }) => !main)];
  const rows = ordered.map(({ title, value, form, interval, note = '' }) => {
    const [lower, upper] = (interval ?? []).map((bound) => formatFigure(bound, form));
    const said = interval ? `95 % interval: ${lower} to ${upper}` : note;
    return [title, formatFigure(value, form), said];
  });
  const speed = `${formatDuration(seconds)}, ${formatRate(examplesPerSecond, 'examples')}`;
  return formatTable([...rows, ['examples', formatFigure(examples, 'count'), speed]], {
    ...{ align: ['left', 'right', 'left'], width },
  });
}

function formatFigureTable(whole: FigureTable, width: number): string {
  const { table, note } = cutTable(whole, { rows: mostRows[whole.kind] });
  const { corner, columns, rows } = table;
  const header = [corner, ...titlesWithin(table, width)];
  const cells = rows.map(({ name, values }) => [
    name,
    ...values.map((value, column) => formatFigure(value, columns[column].form)),
  ]);
  const formatted = formatTable(cells, { header, width });
  return note === undefined ? formatted : `${formatted}\n(${note}; --json has all)`;
}

/** The titles of a matrix, cut where it would be wider than the terminal; at least a few letters of each stay. */
function titlesWithin({ kind, corner, columns, rows }: FigureTable, width: number): string[] {
  const titles = columns.map(({ title }) => title);
  if (kind === 'figures') return titles;
  const names = Math.max(...[corner, ...rows.map(({ name }) => name)].map(displayWidth));
  const wanted = titles.reduce((sum, title) => sum + displayWidth(title) + 2, names);
  if (wanted <= width) return titles;
  // What all titles say alike tells nothing, and goes first.
  const plain = rows.map(({ name }) => name);
  const each = Math.max(4, Math.floor((width - names) / titles.length) - 2);
  return plain.map((title) => cropToWidth(title, each));
}

function formatMistakes(mistakes: readonly Mistake[], width: number): string {
  return formatTable(
    mistakes.map(({ text, truth, answer }) => [
      ...[formatPercent(answer.probability), answer.summary, truthText(truth), text],
    ]),
    { header: ['sure', 'answered', 'truly', 'text'], align: ['right', 'left', 'left', 'left'], width },
  );
}
