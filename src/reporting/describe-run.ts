import type { RunFolder } from '../runs/run-folder.js';
import type { RunDescription, TrainingFacts } from './run-description.js';

/**
 * Gathers what a run's files tell, for `reportPage` and `modelCard`.
 *
 * @param facts what the training knows and run.json does not hold yet
 * @param options.evaluation figures on a split, if there are any
 */
export async function describeRun(
  run: RunFolder,
  facts: TrainingFacts,
  options: { evaluation?: RunDescription['evaluation'] } = {},
): Promise<RunDescription> {
  const [config, labels, metrics, summary] = await Promise.all([
    run.readConfig(),
    run.readLabels(),
    run.readMetrics(),
    run.readSummary(),
  ]);
  return {
    name: run.name,
    config,
    labels,
    metrics,
    facts: { ...(summary as TrainingFacts | undefined), ...facts },
    version: summary?.versions?.['imdb-rnn'],
    created: summary?.created,
    evaluation: options.evaluation,
  };
}
