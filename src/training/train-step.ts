import { type NamedTensorMap, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';
import type { Random } from '../random/random.js';
import type { ChosenTargets, Task } from '../tasks/task.js';
import { gradientsOf } from './gradients.js';
import type { StepResult } from './learner.js';

export interface TrainStepOptions {
  readonly task: Task;
  readonly optimizer: { applyGradients(gradients: NamedTensorMap): void };
  /** Draws what dropout drops. */
  readonly random?: Random;
}

/** @returns a function that does one training step: loss, gradients, update of every trainable weight */
export function makeTrainStep(
  model: LayersModel,
  { task, optimizer, random }: TrainStepOptions,
): (batch: PaddedBatch, chosen: ChosenTargets) => StepResult {
  const gradientsFor = gradientsOf(model, task, random);
  return (batch, chosen) =>
    tidy(() => {
      const { loss, counts, gradients } = gradientsFor(batch, chosen);
      optimizer.applyGradients(gradients);
      return { loss: loss.dataSync()[0], counts };
    });
}
