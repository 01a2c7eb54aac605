import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import type { Config } from '../config/schema.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import type { RunFolder } from '../runs/run-folder.js';
import { decide } from '../tasks/decide.js';
import type { Decision } from '../tasks/decision.js';
import type { Task } from '../tasks/task.js';

export interface DecideRunOptions {
  readonly task: Task;
  /** Held-out examples. */
  readonly validation: EncodedSplit;
  readonly config: Config;
}

/**
 * Chooses the temperatures and thresholds that a run's settings ask for, with the model that the run keeps, and keeps them
 * beside it. Nothing is kept where nothing is asked for, or no examples were held out.
 */
export async function decideRun(
  run: RunFolder,
  { task, validation, config }: DecideRunOptions,
): Promise<Decision | undefined> {
  const { threshold, calibrate, batchSize } = config.training;
  if (threshold === 'none' && !calibrate) return undefined;
  if (exampleCount(validation) === 0) return { examples: 0 };
  const model = await run.readModel();
  try {
    const outputs = await predictProbabilities(model, validation, { batchSize });
    const answers = { outputs, targets: validation.targets };
    const decision = decide(task, answers, { threshold, calibrate });
    if (decision) await run.writeDecision(decision);
    return decision;
  } finally {
    model.dispose();
  }
}
