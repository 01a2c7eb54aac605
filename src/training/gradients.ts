import {
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';
import { batchInputs } from '../model/batch-inputs.js';
import { logitsOf } from '../model/logits.js';
import type { Random } from '../random/random.js';
import type { Figures } from '../tasks/figure.js';
import type { ChosenTargets, Task } from '../tasks/task.js';

/** What a batch says of the weights as they are. */
export interface BatchGradients {
  /** Mean loss of the batch, in nats. */
  readonly loss: Scalar;
  /** What the task counts, summed over the batch. */
  readonly counts: Figures;
  /** Of the loss, by the name of each trainable weight's variable. */
  readonly gradients: NamedTensorMap;
}

/**
 * @param random draws what dropout drops
 * @returns a function that computes a batch's loss and its gradients, and changes nothing; call it inside of `tidy`
 */
export function gradientsOf(
  model: LayersModel,
  task: Task,
  random?: Random,
): (batch: PaddedBatch, chosen: ChosenTargets) => BatchGradients {
  const logitsFor = logitsOf(model);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  return (batch, chosen) => {
    const inputs = batchInputs(model, batch);
    let counts: Figures = {};
    const { value, grads } = variableGrads(() => {
      const logits: Tensor = logitsFor(inputs, { training: true, random });
      counts = task.count(logits.dataSync<'float32'>(), chosen);
      return task.loss(logits, chosen);
    }, variables);
    return { loss: value, counts, gradients: grads };
  };
}
