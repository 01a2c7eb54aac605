import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { TrainingState } from './training-state.js';

/** Writes the weights, the optimizer's slots and the state of a training that waits between two steps. */
export async function saveCheckpoint(
  run: RunFolder,
  { model, optimizer, state }: { model: LayersModel; optimizer: Optimizer; state: TrainingState },
): Promise<void> {
  const weights = model.weights.map((weight) => ({ name: weight.originalName, tensor: weight.read() }));
  const slots = optimizer.slots(trainableVariables(model));
  try {
    await run.writeCheckpoint({ weights, slots, state });
  } finally {
    for (const { tensor } of slots) tensor.dispose();
  }
}

/** Puts the last checkpoint of a run into a model and an optimizer; `undefined` when there is none. */
export async function loadCheckpoint(
  run: RunFolder,
  { model, optimizer }: { model: LayersModel; optimizer: Optimizer },
): Promise<TrainingState | undefined> {
  const checkpoint = await run.readCheckpoint();
  if (!checkpoint) return undefined;
  const { weights, slots, state } = checkpoint;
  model.setWeights(weights.map((weight) => weight.tensor));
  optimizer.setSlots(trainableVariables(model), slots);
  for (const { tensor: used } of [...weights, ...slots]) used.dispose();
  return state as TrainingState;
}

function trainableVariables(model: LayersModel): Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as Variable);
}
