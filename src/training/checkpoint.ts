import { type EncodedCheckpoint, encodeCheckpoint } from '../runs/checkpoint-files.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Learner, Snapshot } from './learner.js';
import type { TrainingState } from './training-state.js';

/** All that a training goes on from. */
export interface TrainingCheckpoint {
  readonly snapshot: Snapshot;
  readonly state: TrainingState;
  /** How far metrics.jsonl was written, as whoever writes it has put it; absent where an older version wrote the checkpoint. */
  readonly metrics?: unknown;
}

/**
 * Copies all that a training needs to go on, while it waits between two steps.
 *
 * @param moment where it stands
 */
export function takeCheckpoint(
  learner: Learner,
  moment: Pick<TrainingCheckpoint, 'state' | 'metrics'>,
): EncodedCheckpoint {
  const snapshot = learner.snapshot();
  try {
    return encodeCheckpoint({ ...snapshot, ...moment });
  } finally {
    disposeSnapshot(snapshot);
  }
}

/** The last whole checkpoint of a run; `undefined` when there is none. The caller disposes of its tensors. */
export async function loadCheckpoint(
  run: RunFolder,
  options: { onNote?: (note: string) => void } = {},
): Promise<TrainingCheckpoint | undefined> {
  const checkpoint = await run.readCheckpoint(options);
  if (!checkpoint) return undefined;
  const { state, metrics, ...snapshot } = checkpoint;
  return {
    snapshot,
    state: state as TrainingState,
    ...(metrics !== undefined && { metrics }),
  };
}

export function disposeSnapshot(snapshot: Snapshot): void {
  for (const { tensor } of Object.values(snapshot).flat()) tensor.dispose();
}
