import type { RunFolder } from '../runs/run-folder.js';
import type { Learner, Snapshot } from './learner.js';
import type { TrainingState } from './training-state.js';

/** Writes all that a training needs to go on, while it waits between two steps. */
export async function saveCheckpoint(run: RunFolder, learner: Learner, state: TrainingState): Promise<void> {
  const snapshot = learner.snapshot();
  try {
    await run.writeCheckpoint({ ...snapshot, state });
  } finally {
    disposeSnapshot(snapshot);
  }
}

/** The last checkpoint of a run; `undefined` when there is none. The caller disposes of its tensors. */
export async function loadCheckpoint(
  run: RunFolder,
): Promise<{ snapshot: Snapshot; state: TrainingState } | undefined> {
  const checkpoint = await run.readCheckpoint();
  if (!checkpoint) return undefined;
  const { weights, slots, state } = checkpoint;
  return { snapshot: { weights, slots }, state: state as TrainingState };
}

export function disposeSnapshot({ weights, slots }: Snapshot): void {
  for (const { tensor } of [...weights, ...slots]) tensor.dispose();
}
