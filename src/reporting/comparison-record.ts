import { type ComparedRun, isMeasured } from '../evaluation/compare-runs.js';
import { type CsvValue, formatCsv } from '../formats/csv.js';
import { evaluationRecord } from '../tasks/figure.js';

/** A compared run as plain data, for programs that read the result. */
export type ComparisonRecord = ReturnType<typeof comparisonRecord>;

/** What was measured of a run, or the error; units are in the names, shares are 0 to 1. */
export function comparisonRecord(compared: ComparedRun) {
  const { name, path } = compared.run;
  if (!isMeasured(compared)) return { run: name, path, error: compared.error.message };
  const { evaluation, cost, examples, backend, threads, kept } = compared;
  const { seconds, examplesPerSecond } = evaluation;
  const figures = evaluationRecord({ ...evaluation, details: {} });
  return {
    ...{ run: name, path, ...examples },
    ...figures,
    ...cost,
    ...{ seconds, examplesPerSecond, backend, threads, kept },
  };
}

const before = ['run', 'dataset', 'split', 'examples'];
const after = [
  ...['parameters', 'trainingSeconds', 'seconds', 'examplesPerSecond', 'bytes', 'backend', 'threads'],
  ...['contentHash', 'path', 'error'],
];

/** The same as a table with one line a run; the figures that any of the runs has, in between. */
export function comparisonCsv(compared: readonly ComparedRun[]): string {
  const figures = [
    ...new Set(
      compared
        .filter(isMeasured)
        .flatMap(({ evaluation }) =>
          evaluation.figures.flatMap(({ name, interval }) =>
            interval ? [name, `${name}Lower`, `${name}Upper`] : [name],
          ),
        ),
    ),
  ];
  const columns = [...before, ...figures, ...after];
  const rows = compared.map((each) => {
    const cells: Record<string, unknown> = { ...comparisonRecord(each) };
    for (const name of figures) {
      const [lower, upper] = (cells[`${name}Interval`] as readonly number[] | undefined) ?? [];
      if (lower !== undefined) Object.assign(cells, { [`${name}Lower`]: lower, [`${name}Upper`]: upper });
    }
    return columns.map((column) => cells[column] as CsvValue);
  });
  return formatCsv(columns, rows);
}
