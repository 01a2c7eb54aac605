import { type NamedTensorMap, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';
import type { ChosenTargets, Task } from '../tasks/task.js';
import { type GradientOptions, gradientsOf } from './gradients.js';
import type { StepResult } from './learner.js';

export interface TrainStepOptions extends GradientOptions {
  readonly task: Task;
  readonly optimizer: { applyGradients(gradients: NamedTensorMap): void };
}

/** @returns a function that does one training step: loss, gradients, update of every trainable weight */
export function makeTrainStep(
  model: LayersModel,
  { task, optimizer, ...options }: TrainStepOptions,
): (batch: PaddedBatch, chosen: ChosenTargets) => StepResult {
  const gradientsFor = gradientsOf(model, task, options);
  return (batch, chosen) =>
    tidy(() => {
      const { loss, counts, gradients } = gradientsFor(batch, chosen);
      optimizer.applyGradients(gradients);
      return { loss: loss.dataSync()[0], counts };
    });
}
