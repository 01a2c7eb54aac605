import { type ComparedRun, isMeasured, type MeasuredRun } from '../evaluation/compare-runs.js';
import type { Difference } from '../evaluation/difference.js';
import { formatBytes } from '../formats/bytes.js';
import { formatDuration } from '../formats/durations.js';
import { formatFigure } from '../formats/figure.js';
import { countOf, formatCount } from '../formats/numbers.js';
import { distinguishDatasets } from '../reporting/distinguish-datasets.js';
import type { Figure } from '../tasks/figure.js';
import { columnsOf, toOneLine } from '../terminal/display-width.js';
import { describeLeftOut, type FittedColumn, formatFittedTable } from '../terminal/fitted-table.js';
import { formatTable } from '../terminal/table.js';

interface Column {
  readonly title: string;
  cell(run: MeasuredRun): string;
  /** Whether it is never left out. */
  readonly needed?: boolean;
}

const costs: readonly Column[] = [
  { title: 'parameters', cell: ({ cost }) => formatCount(cost.parameters) },
  {
    title: 'trained in',
    cell: ({ cost: { trainingSeconds } }) =>
      trainingSeconds === null ? '-' : formatDuration(trainingSeconds),
  },
  { title: 'examples/s', cell: ({ evaluation }) => formatCount(evaluation.examplesPerSecond) },
  { title: 'size', cell: ({ cost }) => formatBytes(cost.bytes) },
];

/** A column for each main figure that any run has, with its interval where it has one; the others are for `--json`. */
function figureColumns(measured: readonly MeasuredRun[]): Column[] {
  const titles = new Map(
    measured.flatMap(({ evaluation }) =>
      evaluation.figures.filter(({ main }) => main).map(({ name, title }) => [name, title]),
    ),
  );
  return [...titles].flatMap(([name, title], place): Column[] => {
    const figure = ({ evaluation }: MeasuredRun) => evaluation.figures.find((each) => each.name === name);
    const hasInterval = measured.some((run) => figure(run)?.interval);
    const needed = place === 0 || hasInterval;
    const value: Column = { title, needed, cell: (run) => written(figure(run), (each) => each.value) };
    if (!hasInterval) return [value];
    const bounds = (run: MeasuredRun) =>
      [0, 1].map((bound) => written(figure(run), ({ interval }) => interval?.[bound] ?? null)).join(' to ');
    return [value, { title: '95 % interval', needed, cell: bounds }];
  });
}

function written(figure: Figure | undefined, value: (figure: Figure) => number | null): string {
  return figure ? formatFigure(value(figure), figure.form) : '-';
}

/** What goes first where the terminal is too narrow: costs and figures by turns. */
function leastNeededOf(figures: readonly Column[]): string[] {
  const titles = figures.filter(({ needed }) => !needed).map(({ title }) => title);
  return ['size', 'examples/s', ...titles.slice(0, 1), 'parameters', ...titles.slice(1), 'trained in'];
}

/**
 * The table of compared runs, in the order given, and below it why a run has no figures.
 *
 * @param options `width`: columns of the terminal; less needed figures are left out of a table that is too wide
 */
export function formatComparison(
  compared: readonly ComparedRun[],
  { width = columnsOf(process.stdout) }: { width?: number } = {},
): string {
  const measured = compared.filter(isMeasured);
  const datasetOf = distinguishDatasets(measured);
  const data: Column = { title: 'data', cell: (run) => datasetOf.get(run) ?? '-' };
  const figures = figureColumns(measured);
  const all = [...figures, ...costs];
  const columns = datasetOf.size > 0 ? [data, ...all] : all;
  const name: FittedColumn<ComparedRun> = { title: 'run', align: 'left', cell: ({ run }) => run.name };
  const fitted = columns.map((column): FittedColumn<ComparedRun> => {
    const align = column === data ? 'left' : 'right';
    return { title: column.title, align, cell: (each) => (isMeasured(each) ? column.cell(each) : '-') };
  });
  const leastNeeded = leastNeededOf(figures);
  const { table, leftOut } = formatFittedTable(compared, [name, ...fitted], { width, leastNeeded });
  const failed = compared.flatMap((each) =>
    isMeasured(each) ? [] : [toOneLine(`${each.run.name}: ${each.error.message}`)],
  );
  return [table, ...describeLeftOut(leftOut), ...(failed.length > 0 ? ['', ...failed] : [])].join('\n');
}

/** McNemar's tests in words for one, as a table for several. */
export function formatDifferences(differences: readonly Difference[]): string {
  if (differences.length === 1) return inWords(differences[0]);
  const against = differences[0].against.run.name;
  const rows = differences.map(({ run, onlyFirst, onlySecond, pValue }) => [
    run.run.name,
    formatCount(onlyFirst),
    formatCount(onlySecond),
    formatPValue(pValue),
  ]);
  const header = ['run', 'only it right', `only ${against} right`, 'p'];
  return `McNemar's test against ${against}:\n${formatTable(rows, { header, align: ['left', 'right', 'right', 'right'] })}`;
}

function inWords({ run, against, onlyFirst, onlySecond, method, statistic, pValue }: Difference): string {
  const test =
    method === 'exact' ? 'exact' : `chi-squared ${statistic?.toFixed(2)} with continuity correction`;
  const verdict =
    pValue < 0.05
      ? 'a difference that chance alone seldom makes'
      : 'no more of a difference than chance may make';
  return [
    `${run.run.name} alone is right on ${countOf(onlyFirst, 'example')}, ${against.run.name} alone on ${formatCount(onlySecond)}.`,
    `McNemar's test (${test}): p ${formatPValue(pValue, '= ')}, ${verdict}.`,
  ].join('\n');
}

function formatPValue(pValue: number, sign = ''): string {
  if (pValue < 0.0001) return '< 0.0001';
  return `${sign}${pValue >= 0.1 ? pValue.toFixed(2) : Number(pValue.toPrecision(2)).toString()}`;
}
