import { formatAge } from '../formats/age.js';
import { formatBytes } from '../formats/bytes.js';
import { formatFigure } from '../formats/figure.js';
import { countOf } from '../formats/numbers.js';
import { mainFigure, type RunOverview } from '../reporting/run-overview.js';
import { columnsOf, toOneLine } from '../terminal/display-width.js';
import { describeLeftOut, type FittedColumn, formatFittedTable } from '../terminal/fitted-table.js';

/** What goes first where the terminal is too narrow. */
const leastNeeded = ['task', 'size', 'kept epoch', 'data', 'age', 'model'];

/**
 * The table of runs, in the order given, and below it what is wrong with any of them.
 *
 * @param options `width`: columns of the terminal; `now` in ms
 */
export function formatRuns(
  overviews: readonly RunOverview[],
  {
    width = columnsOf(process.stdout),
    now = Date.now(),
  }: { readonly width?: number; readonly now?: number } = {},
): string {
  const { table, leftOut } = formatFittedTable(overviews, columnsAt(now), { width, leastNeeded });
  const problems = overviews.flatMap(({ run, problem }) =>
    problem === undefined ? [] : [toOneLine(`${run.name}: ${problem}`)],
  );
  const bytes = overviews.reduce((sum, run) => sum + run.bytes, 0);
  return [
    table,
    '',
    `${countOf(overviews.length, 'run')}, ${formatBytes(bytes)}`,
    ...describeLeftOut(leftOut),
    ...problems,
  ].join('\n');
}

function columnsAt(now: number): FittedColumn<RunOverview>[] {
  return [
    { title: 'run', align: 'left', cell: ({ run }) => run.name },
    { title: 'status', align: 'left', cell: statusOf },
    { title: 'model', align: 'left', cell: ({ model }) => model ?? '-' },
    { title: 'data', align: 'left', cell: ({ dataset }) => dataset ?? '-' },
    { title: 'task', align: 'left', cell: ({ task }) => task?.name ?? '-' },
    { title: 'kept epoch', align: 'left', cell: describeKept },
    { title: 'validation', align: 'left', cell: describeValidation },
    { title: 'test', align: 'left', cell: describeTest },
    { title: 'size', align: 'right', cell: ({ bytes }) => formatBytes(bytes) },
    { title: 'age', align: 'right', cell: ({ created }) => formatAge((now - created) / 1000) },
  ];
}

function statusOf({ status, problem }: RunOverview): string {
  return problem === undefined ? status : `${status}, damaged`;
}

/** `2 of 20`, or `1.50 of 20` within the second epoch; of a training that is not at its end also how far it is: `2 of 20 (5 done)`. */
export function describeKept({ keptEpoch, epochs, epochsDone = 0, status }: RunOverview): string {
  if (keptEpoch === undefined) return '-';
  const done = status === 'finished' || keptEpoch === epochsDone ? '' : ` (${epochsDone} done)`;
  const kept = Number.isInteger(keptEpoch) ? keptEpoch : keptEpoch.toFixed(2);
  return `${kept} of ${epochs}${done}`;
}

/** `accuracy 91.7 %` */
function describeValidation({ task, validation }: RunOverview): string {
  if (!task || !validation) return '-';
  const { name, title, form } = mainFigure(task);
  return `${title} ${formatFigure(validation[name], form)}`;
}

function describeTest({ test }: RunOverview): string {
  const figure = test?.figures[0];
  return figure ? `${figure.title} ${formatFigure(figure.value, figure.form)}` : '-';
}
