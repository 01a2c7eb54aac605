import type { RunFolder } from '../runs/run-folder.js';

/** What a run cost to train, and what it costs to keep. */
export interface RunCost {
  /** Trainable numbers of the model; of a run that does not say, all numbers of its weights. */
  readonly parameters: number;
  /** Time of the training; of one that was resumed, at least that of its epochs. `null` when the run does not say. */
  readonly trainingSeconds: number | null;
  /** Size of the files that predicting needs: model, vocabulary, labels, settings. */
  readonly bytes: number;
}

/** Reads what run.json, metrics.jsonl and the model's files tell. @throws UserError when a file is missing */
export async function runCost(run: RunFolder): Promise<RunCost> {
  const [summary, metrics, { bytes, numbers }] = await Promise.all([
    run.readSummary(),
    run.readMetrics(),
    run.modelFacts(),
  ]);
  const epochs = metrics.filter(({ type }) => type === 'epoch').map(({ seconds }) => numberOr(seconds, 0));
  const ofEpochs = epochs.length > 0 ? epochs.reduce((sum, seconds) => sum + seconds, 0) : null;
  const whole = numberOr(summary?.seconds, null);
  const known = [whole, ofEpochs].filter((seconds) => seconds !== null);
  return {
    parameters: numberOr(summary?.parameters, numbers),
    trainingSeconds: known.length > 0 ? Math.max(...known) : null,
    bytes,
  };
}

function numberOr<Otherwise>(value: unknown, otherwise: Otherwise): number | Otherwise {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
