import { type Scalar, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';
import { batchFor, batchInputs } from '../model/batch-inputs.js';
import { logitsOf } from '../model/logits.js';
import type { Random } from '../random/random.js';
import type { Figures } from '../tasks/figure.js';
import type { ChosenTargets, Task } from '../tasks/task.js';
import { type Adversarial, adversarialGradients } from './adversarial-gradients.js';
import type { BatchGradients, BatchPass } from './batch-pass.js';
import { type RDrop, rDropGradients } from './r-drop-gradients.js';

export type { BatchGradients } from './batch-pass.js';

export interface GradientOptions {
  /** Draws what dropout drops. */
  readonly random?: Random;
  /** Learn from word vectors that are moved against the model, too; default: no. */
  readonly adversarial?: Adversarial;
  /** Learn to say the same whatever is dropped; default: no. Not together with `adversarial`. */
  readonly rDrop?: RDrop;
}

/** @returns a function that computes a batch's loss and its gradients, and changes nothing; call it inside of `tidy` */
export function gradientsOf(
  model: LayersModel,
  task: Task,
  options: GradientOptions = {},
): (batch: PaddedBatch, chosen: ChosenTargets) => BatchGradients {
  const { random, adversarial, rDrop } = options;
  const logitsFor = logitsOf(model);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  return (given, chosen) => {
    const batch = batchFor(model, given);
    const inputs = batchInputs(model, batch);
    const pass: BatchPass = {
      random,
      logits: (own) => logitsFor(inputs, { training: true, random, ...own }),
      loss: (logits) => task.loss(logits, chosen),
      count: (logits) => task.count(logits.dataSync<'float32'>(), chosen),
      differentiate(value) {
        const { value: computed, grads } = variableGrads(value, variables);
        return { value: computed, gradients: grads };
      },
    };
    if (adversarial) return adversarialGradients(pass, adversarial, batch);
    return rDrop ? rDropGradients(pass, rDrop, { task, chosen }) : plainGradients(pass);
  };
}

function plainGradients(pass: BatchPass): BatchGradients {
  let counts: Figures = {};
  const { value, gradients } = pass.differentiate((): Scalar => {
    const logits = pass.logits();
    counts = pass.count(logits);
    return pass.loss(logits);
  });
  return { loss: value, counts, gradients };
}
