import { formatAge } from '../formats/age.js';
import { formatBytes } from '../formats/bytes.js';
import { formatFigure } from '../formats/figure.js';
import type { NearestConfig } from '../reporting/nearest-config.js';
import type { RunOverview } from '../reporting/run-overview.js';
import type { RunFile } from '../runs/list-run-files.js';
import { testLooksFile } from '../runs/test-looks-file.js';
import { formatTable } from '../terminal/table.js';
import { describeKept } from './format-runs.js';

/** All that `runs show` tells of a run. */
export interface ShownRun {
  readonly overview: RunOverview;
  /** Absent where the settings cannot be read. */
  readonly nearest?: NearestConfig;
  readonly files: readonly RunFile[];
  /** What can be done next, as command lines. */
  readonly commands: readonly string[];
}

/** A run in full: facts, figures, settings, files, and what can be done next. */
export function formatRun({ overview, nearest, files, commands }: ShownRun, now = Date.now()): string {
  const { run, status, created, bytes, model, dataset, task, problem } = overview;
  const facts = [
    ['run', run.name],
    ['folder', run.path],
    ['status', status],
    ...(problem === undefined ? [] : [['problem', problem]]),
    ['made', `${new Date(created).toISOString()} (${formatAge((now - created) / 1000)})`],
    ['model', model ?? '-'],
    ['data', dataset ?? '-'],
    ['task', task?.name ?? '-'],
    ['kept epoch', describeKept(overview)],
    ...figureRows(overview),
    ...(overview.testLooks ? [['test looks', describeLooks(overview.testLooks)]] : []),
  ];
  const table = (rows: readonly (readonly string[])[], header?: readonly string[]) =>
    formatTable(rows, { header, width: Number.POSITIVE_INFINITY });
  const fileRows = files.map(({ name, bytes: size, purpose = '' }) => [name, formatBytes(size), purpose]);
  return [
    table(facts),
    ...(nearest ? [formatSettings(nearest, table)] : []),
    table(fileRows, [`files (${formatBytes(bytes)})`, 'size', 'what it is']),
    `Next:\n${commands.map((command) => `  ${command}`).join('\n')}`,
  ].join('\n\n');
}

function figureRows({ task, validation, test }: RunOverview): string[][] {
  const held = validation
    ? (task?.reported ?? []).map(({ name, title, form }) => [
        `validation ${title}`,
        formatFigure(validation[name], form),
      ])
    : [];
  const main = (test?.figures ?? []).filter((figure) => figure.main);
  return [...held, ...main.map(({ title, value, form }) => [`test ${title}`, formatFigure(value, form)])];
}

function describeLooks(looks: number): string {
  return `${looks === 1 ? 'once' : `${looks} times`} (${testLooksFile})`;
}

function formatSettings(
  { name, differences }: NearestConfig,
  table: (rows: readonly string[][], header: string[]) => string,
): string {
  if (differences.length === 0) return `All settings are those of the packaged config ${name}.`;
  const rows = differences.map(({ key, value = '-', packaged = '-' }) => [key, value, packaged]);
  return table(rows, ['setting', 'here', `in ${name}, the nearest packaged config`]);
}
