import { setImmediate } from 'node:timers/promises';
import { type Tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { batchesByLength } from '../batches/batches-by-length.js';
import { countFeatures } from '../batches/count-features.js';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { type PaddedBatch, padBatch } from '../batches/pad-batch.js';

/** How long the event loop may wait for its turn, so that a progress bar moves and Ctrl-C is heard. */
const turnMs = 100;

/**
 * The model's output for every example, on the current backend. Examples of like length are computed together; the
 * result has the original order. All tensors made here are disposed.
 *
 * @param model ids `[batch, time]` to probabilities `[batch, columns]`; one with two inputs takes each example's different
 *   ids and how often they come, both `[batch, features]`
 * @param encoded the examples; for a model with two inputs they may be counted already
 * @param options.batchSize examples computed at once
 * @param options.onProgress is told after each batch how many examples are done
 * @returns row-major `[examples, columns]`
 */
export async function predictProbabilities(
  model: LayersModel,
  encoded: EncodedSplit,
  options: { batchSize: number; onProgress?: (examplesDone: number) => void },
): Promise<Float32Array> {
  const { batchSize, onProgress } = options;
  const columns = outputColumns(model);
  const probabilities = new Float32Array(exampleCount(encoded) * columns);
  const examples = model.inputs.length === 2 ? countFeatures(encoded) : encoded;
  let examplesDone = 0;
  let lastTurn = performance.now();
  for (const exampleIndices of batchesByLength(examples, { batchSize })) {
    const batch = padBatch(examples, exampleIndices);
    // Like predictOnBatch, without its checks of what padBatch has made.
    const output = tidy(() => model.apply(inputsOf(batch)) as Tensor);
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

function inputsOf({ ids, counts, rows, time }: PaddedBatch): Tensor | Tensor[] {
  const input = tensor2d(ids, [rows, time], 'int32');
  return counts ? [input, tensor2d(counts, [rows, time], 'int32')] : input;
}

/** Probabilities that the model gives for an example: 1 for a sigmoid, else one for each label. */
export function outputColumns(model: LayersModel): number {
  return model.outputShape.at(-1) as number;
}
