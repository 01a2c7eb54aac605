import { getBackend, matMul, memory, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { PaddedBatch } from '../batches/pad-batch.js';
import { fillConfig } from '../config/fill-config.js';
import { buildModel } from '../model/build-model.js';
import { Adam } from '../optimizers/adam.js';
import { openTask } from '../tasks/open-task.js';
import { makeTrainStep } from './train-step.js';

const ids = Int32Array.of(1, 2, 3, 0, 4, 5, 0, 0);
const steps = 5;

/**
 * Lets the current backend compute what a training needs: a matrix product, and a few training steps of a small GRU, whose
 * loss must fall.
 *
 * @throws Error that says which of them went wrong
 */
export function testBackend(): void {
  const product = tidy(() => [
    ...matMul(tensor2d([1, 2, 3, 4], [2, 2]), tensor2d([5, 6, 7, 8], [2, 2])).dataSync(),
  ]);
  if (product.join() !== '19,22,43,50') {
    throw new Error(`The matrix product is ${product.join()}, expected 19,22,43,50`);
  }
  const { model: settings } = fillConfig(
    {
      dataset: { name: 'sample' },
      model: { type: 'recurrent', embedding: { units: 4 }, layers: [{ cell: 'gru', units: 5 }] },
    },
    'self-test',
  );
  const task = openTask('classification', ['no', 'yes']);
  const model = buildModel(settings, { idCount: 6, task, seed: 1 });
  const optimizer = new Adam({ learningRate: 0.01 });
  const step = makeTrainStep(model, { task, optimizer });
  const batch: PaddedBatch = {
    ids,
    rows: 2,
    time: 4,
    lengths: Int32Array.of(3, 2),
  };
  const chosen = { targets: { values: Int32Array.of(0, 1) }, examples: Int32Array.of(0, 1) };
  const losses: number[] = [];
  let tensors = 0;
  for (let i = 0; i < steps; i++) {
    losses.push(step(batch, chosen).loss);
    if (i === 1) tensors = memory().numTensors;
  }
  const leaked = memory().numTensors - tensors;
  optimizer.dispose();
  model.dispose();
  if (!(losses[steps - 1] < losses[0])) {
    throw new Error(`The loss of a small GRU does not fall on ${getBackend()}: ${losses.join(', ')}`);
  }
  if (leaked !== 0) throw new Error(`Training leaves ${leaked} tensors behind`);
}
