import { type ComparedRun, isMeasured } from '../evaluation/compare-runs.js';
import { type CsvValue, formatCsv } from '../formats/csv.js';

/** What was measured of a run, or the error; units are in the names, shares are 0 to 1. */
export function comparisonRecord(compared: ComparedRun) {
  const { name, path } = compared.run;
  if (!isMeasured(compared)) return { run: name, path, error: compared.error.message };
  const { evaluation, f1, facts, examples, backend, threads, kept } = compared;
  const { accuracy, accuracyInterval, loss, rocAuc, seconds, examplesPerSecond } = evaluation;
  return {
    ...{ run: name, path, ...examples, examples: evaluation.examples },
    ...{ accuracy, accuracyInterval, f1, rocAuc, loss },
    ...facts,
    ...{ seconds, examplesPerSecond, backend, threads, kept },
  };
}

const columns = [
  ...['run', 'dataset', 'split', 'examples', 'accuracy', 'accuracyLower', 'accuracyUpper', 'f1', 'rocAuc'],
  ...['loss', 'parameters', 'trainingSeconds', 'seconds', 'examplesPerSecond', 'bytes', 'backend', 'threads'],
  ...['contentHash', 'path', 'error'],
];

/** The same as a table with one line a run. */
export function comparisonCsv(compared: readonly ComparedRun[]): string {
  const rows = compared.map((each) => {
    const { accuracyInterval: [accuracyLower, accuracyUpper] = [], ...record } = {
      ...(comparisonRecord(each) as Record<string, unknown> & { accuracyInterval?: readonly number[] }),
    };
    const cells: Record<string, unknown> = { ...record, accuracyLower, accuracyUpper };
    return columns.map((column) => cells[column] as CsvValue);
  });
  return formatCsv(columns, rows);
}
