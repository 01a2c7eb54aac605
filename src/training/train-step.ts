import { type Tensor1D, tensor1d, tensor2d, tidy, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';
import { binaryCrossentropy, sparseCategoricalCrossentropy } from '../layers/crossentropy.js';
import { countCorrect } from '../metrics/accuracy.js';
import { predictedLabels } from '../metrics/predicted-labels.js';
import { logitsOf } from '../model/logits.js';
import { outputColumns } from '../model/predict-probabilities.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { Random } from '../random/random.js';

/** What a step saw, before it changed the weights. */
export interface StepResult {
  /** Mean cross-entropy of the batch, in nats. */
  loss: number;
  /** Examples whose most probable label was the right one. */
  correct: number;
}

/**
 * @param random draws what dropout drops
 * @returns a function that does one training step: loss, gradients, update of every trainable weight
 */
export function makeTrainStep(
  model: LayersModel,
  optimizer: Optimizer,
  random?: Random,
): (batch: PaddedBatch) => StepResult {
  const logitsFor = logitsOf(model);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const columns = outputColumns(model);
  const binary = columns === 1;
  return (batch) =>
    tidy(() => {
      const ids = tensor2d(batch.ids, [batch.rows, batch.time], 'int32');
      let correct = 0;
      const { value, grads } = variableGrads(() => {
        const logits = logitsFor(ids, { training: true, random });
        const predicted = predictedLabels(probabilitiesLike(logits.dataSync<'float32'>(), binary), columns);
        correct = countCorrect(batch.labels, predicted);
        if (!binary)
          return sparseCategoricalCrossentropy(tensor1d(batch.labels, 'int32') as Tensor1D, logits);
        const labels = tensor2d(Float32Array.from(batch.labels), [batch.rows, 1]);
        return binaryCrossentropy(labels, logits);
      }, variables);
      optimizer.applyGradients(grads);
      return { loss: value.dataSync()[0], correct };
    });
}

/** Numbers in the order of the probabilities: a sigmoid passes 0.5 where its logit passes 0, a softmax keeps the order. */
function probabilitiesLike(logits: Float32Array, binary: boolean): Float32Array {
  return binary ? logits.map((logit) => logit + 0.5) : logits;
}
