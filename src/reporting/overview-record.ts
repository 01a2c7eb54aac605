import { evaluationRecord } from '../tasks/figure.js';
import type { RunOverview } from './run-overview.js';

/** An overview as plain data, for `--json`; what is not known is null. */
export function overviewRecord(overview: RunOverview): Record<string, unknown> {
  const { run, status, created, bytes, model, dataset, task, validation, test, problem } = overview;
  return {
    ...{ run: run.name, path: run.path, status, created: new Date(created).toISOString(), bytes },
    ...{ model: model ?? null, dataset: dataset ?? null, task: task?.name ?? null },
    epochs: overview.epochs ?? null,
    epochsDone: overview.epochsDone ?? null,
    keptEpoch: overview.keptEpoch ?? null,
    validation: validation ?? null,
    test: test ? evaluationRecord(test) : null,
    testLooks: overview.testLooks ?? null,
    problem: problem ?? null,
  };
}
