import type { RunFolder } from '../runs/run-folder.js';
import { readTestLooks } from '../runs/test-looks.js';
import type { RunDescription, TrainingFacts } from './run-description.js';

/**
 * Gathers what a run's files tell, for `reportPage` and `modelCard`.
 *
 * @param facts what run.json does not hold yet
 */
export async function describeRun(run: RunFolder, facts: TrainingFacts): Promise<RunDescription> {
  const [config, task, metrics, summary, ownLayers, looks] = await Promise.all([
    run.readConfig(),
    run.readTask(),
    run.readMetrics(),
    run.readSummary(),
    run.readOwnLayers(),
    readTestLooks(run),
  ]);
  const known = { ...(summary as TrainingFacts | undefined), ...facts };
  const test = known.evaluations?.test;
  return {
    ...{ name: run.name, config, task, metrics, facts: known, ownLayers },
    version: summary?.versions?.['imdb-rnn'],
    created: summary?.created,
    evaluation: test && { split: 'test', result: test },
    testLooks: looks.length,
  };
}
