import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Adam } from '../optimizers/adam.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { TrainingState } from './training-state.js';

/** Writes the weights, the optimizer's slots and the state of a training that waits between two steps. */
export async function saveCheckpoint(
  run: RunFolder,
  { model, optimizer, state }: { model: LayersModel; optimizer: Adam; state: TrainingState },
): Promise<void> {
  const weights = model.weights.map((weight) => ({ name: weight.originalName, tensor: weight.read() }));
  const [iterations, ...slots] = await optimizer.getWeights();
  // TF.js numbers variable names through the whole process, so slots are stored by their variable's place in the model.
  const places = new Map(
    model.trainableWeights.map((weight, place) => [(weight.read() as { name?: string }).name, place]),
  );
  const placed = slots.map(({ name, tensor: slot }) => {
    const [, variable, moment] = /^(.*)\/([mv])$/.exec(name)!;
    return { name: `${places.get(variable)}/${moment}`, tensor: slot };
  });
  try {
    await run.writeCheckpoint({ weights, slots: [{ ...iterations, name: 'iterations' }, ...placed], state });
  } finally {
    iterations.tensor.dispose();
  }
}

/** Puts the last checkpoint of a run into a model and an optimizer; `undefined` when there is none. */
export async function loadCheckpoint(
  run: RunFolder,
  { model, optimizer }: { model: LayersModel; optimizer: Adam },
): Promise<TrainingState | undefined> {
  const checkpoint = await run.readCheckpoint();
  if (!checkpoint) return undefined;
  const { weights, slots, state } = checkpoint;
  model.setWeights(weights.map((weight) => weight.tensor));
  await optimizer.setWeights(
    slots.map(({ name, tensor: slot }) => {
      const [place, moment] = name.split('/');
      if (moment === undefined) return { name, tensor: slot };
      const variable = model.trainableWeights[Number(place)].read() as Tensor & { name: string };
      return { name: `${variable.name}/${moment}`, tensor: slot };
    }),
  );
  for (const { tensor: used } of [...weights, ...slots]) used.dispose();
  return state as TrainingState;
}
