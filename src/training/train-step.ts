import { setImmediate } from 'node:timers/promises';
import { type NamedTensorMap, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';
import { addScaled, scaled } from '../optimizers/scaled.js';
import type { Figures } from '../tasks/figure.js';
import type { ChosenTargets, Task } from '../tasks/task.js';
import { type GradientOptions, gradientsOf } from './gradients.js';
import type { StepResult } from './learner.js';
import { withStep } from './training-state.js';
import { type UpdateSettings, updateWeights } from './update-weights.js';

export interface TrainStepOptions extends GradientOptions {
  readonly task: Task;
  readonly optimizer: { applyGradients(gradients: NamedTensorMap): void };
  /** What an update does beside the optimizer; default: nothing. */
  readonly update?: UpdateSettings;
}

/** @returns a function that does one training step: loss, gradients, update of every trainable weight */
export function makeTrainStep(
  model: LayersModel,
  options: TrainStepOptions,
): (batch: PaddedBatch, chosen: ChosenTargets) => StepResult {
  const { gradientsFor, update } = partsOfStep(model, options);
  return (batch, chosen) =>
    tidy(() => {
      const { loss, counts, gradients } = gradientsFor(batch, chosen);
      const result = { loss: loss.dataSync()[0], counts };
      // Such gradients would make all weights useless; without them it can be told where it began.
      if (!Number.isFinite(result.loss)) return result;
      const gradientNorm = update(gradients);
      return { ...result, ...(gradientNorm !== undefined && { gradientNorm }) };
    });
}

/**
 * @returns a function that does one training step by the mean gradients of several batches, each weighed by its examples: what
 *   all of them in one batch would give, but for rounding and for what dropout draws. Signals and timers get their turn
 *   between two batches. `read` is asked for each batch when its turn comes.
 */
export function makeAccumulatedStep(
  model: LayersModel,
  options: TrainStepOptions,
): (
  parts: readonly Int32Array[],
  read: (examples: Int32Array) => [PaddedBatch, ChosenTargets],
) => Promise<StepResult> {
  const { gradientsFor, update } = partsOfStep(model, options);
  return async (parts, read) => {
    const total = parts.reduce((sum, { length }) => sum + length, 0);
    const means = new Map<string, Variable>();
    let sums: { examples: number; loss: number; counts: Figures } = { examples: 0, loss: 0, counts: {} };
    try {
      for (const examples of parts) {
        if (sums.examples > 0) await setImmediate();
        tidy(() => {
          const { loss, counts, gradients } = gradientsFor(...read(examples));
          addToMeans(means, gradients, examples.length / total);
          sums = withStep(sums, { loss: loss.dataSync()[0], counts }, examples.length);
        });
      }
      const { loss, counts } = sums;
      if (!Number.isFinite(loss)) return { loss: loss / total, counts };
      const gradientNorm = tidy(() => ({ norm: update(Object.fromEntries(means)) })).norm;
      return { loss: loss / total, counts, ...(gradientNorm !== undefined && { gradientNorm }) };
    } finally {
      for (const mean of means.values()) mean.dispose();
    }
  };
}

function partsOfStep(model: LayersModel, { task, optimizer, update, ...options }: TrainStepOptions) {
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  return {
    gradientsFor: gradientsOf(model, task, options),
    update: updateWeights(variables, optimizer, update),
  };
}

function addToMeans(means: Map<string, Variable>, gradients: NamedTensorMap, share: number): void {
  for (const [name, gradient] of Object.entries(gradients)) {
    const mean = means.get(name);
    if (mean) addScaled(mean, gradient, share);
    else means.set(name, variable(scaled(gradient, share), false));
  }
}
