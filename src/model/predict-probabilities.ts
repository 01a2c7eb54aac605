import { setImmediate } from 'node:timers/promises';
import { type Tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { batchesByLength } from '../batches/batches-by-length.js';
import { type EncodedSplit, reviewCount } from '../batches/encoded-split.js';
import { padBatch } from '../batches/pad-batch.js';

/** How long the event loop may wait for its turn, so that a progress bar moves and Ctrl-C is heard. */
const turnMs = 100;

/**
 * The model's output for every review, on the current backend. Reviews of like length are computed together; the
 * result has the original order. All tensors made here are disposed.
 *
 * @param model ids `[batch, time]` to probabilities `[batch, columns]`
 * @param encoded the reviews
 * @param options.batchSize reviews computed at once
 * @param options.onProgress is told after each batch how many reviews are done
 * @returns row-major `[reviews, columns]`
 */
export async function predictProbabilities(
  model: LayersModel,
  encoded: EncodedSplit,
  options: { batchSize: number; onProgress?: (reviewsDone: number) => void },
): Promise<Float32Array> {
  const { batchSize, onProgress } = options;
  const columns = outputColumns(model);
  const probabilities = new Float32Array(reviewCount(encoded) * columns);
  let reviewsDone = 0;
  let lastTurn = performance.now();
  for (const reviewIndices of batchesByLength(encoded, { batchSize })) {
    const { ids, rows, time } = padBatch(encoded, reviewIndices);
    // Like predictOnBatch, without its checks of what padBatch has made.
    const output = tidy(() => model.apply(tensor2d(ids, [rows, time], 'int32')) as Tensor);
    try {
      const values = await output.data<'float32'>();
      reviewIndices.forEach((review, row) => {
        probabilities.set(values.subarray(row * columns, (row + 1) * columns), review * columns);
      });
    } finally {
      output.dispose();
    }
    reviewsDone += rows;
    onProgress?.(reviewsDone);
    if (performance.now() - lastTurn > turnMs) {
      await setImmediate();
      lastTurn = performance.now();
    }
  }
  return probabilities;
}

/** Probabilities that the model gives for a review: 1 for a sigmoid, else one for each label. */
export function outputColumns(model: LayersModel): number {
  return model.outputShape.at(-1) as number;
}
