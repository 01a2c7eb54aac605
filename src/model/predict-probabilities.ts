import { setImmediate } from 'node:timers/promises';
import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { batchesByLength } from '../batches/batches-by-length.js';
import { countFeatures } from '../batches/count-features.js';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { padBatch } from '../batches/pad-batch.js';
import { batchInputs } from './batch-inputs.js';
import { checkFeatures } from './check-features.js';

/** How long the event loop may wait for its turn, so that a progress bar moves and Ctrl-C is heard. */
const turnMs = 100;

/**
 * The model's output for every example, on the current backend. Examples of like length are computed together; the
 * result has the original order. All tensors made here are disposed.
 *
 * @param model ids `[batch, time]` to probabilities `[batch, columns]`; one with an input `counts` takes each example's
 *   different ids and how often they come, both `[batch, features]`; one with an input `features` the numbers beside the texts
 * @param encoded the examples; for a model with `counts` they may be counted already
 * @param options.batchSize examples computed at once
 * @param options.onProgress is told after each batch how many examples are done
 * @returns row-major `[examples, columns]`
 * @throws UserError when the examples lack the numbers beside their texts that the model needs
 */
export async function predictProbabilities(
  model: LayersModel,
  encoded: EncodedSplit,
  options: { batchSize: number; onProgress?: (examplesDone: number) => void },
): Promise<Float32Array> {
  const { batchSize, onProgress } = options;
  const columns = outputColumns(model);
  const probabilities = new Float32Array(exampleCount(encoded) * columns);
  checkFeatures(model, encoded);
  const examples = model.inputNames.includes('counts') ? countFeatures(encoded) : encoded;
  let examplesDone = 0;
  let lastTurn = performance.now();
  for (const exampleIndices of batchesByLength(examples, { batchSize })) {
    const batch = padBatch(examples, exampleIndices);
    // Like predictOnBatch, without its checks of what padBatch has made.
    const output = tidy(() => model.apply(batchInputs(model, batch)) as Tensor);
    try {
      const values = await output.data<'float32'>();
      exampleIndices.forEach((example, row) => {
        probabilities.set(values.subarray(row * columns, (row + 1) * columns), example * columns);
      });
    } finally {
      output.dispose();
    }
    examplesDone += batch.rows;
    onProgress?.(examplesDone);
    if (performance.now() - lastTurn > turnMs) {
      await setImmediate();
      lastTurn = performance.now();
    }
  }
  return probabilities;
}

/** Probabilities that the model gives for an example: 1 for a sigmoid, else one for each label. */
export function outputColumns(model: LayersModel): number {
  return model.outputShape.at(-1) as number;
}
