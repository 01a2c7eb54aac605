import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { frequentRuns } from '../batches/frequent-runs.js';
import { NgramEmbedding } from '../layers/ngram-embedding.js';

/** Gives vectors to the most frequent runs of tokens of the training examples, where a model has vectors for runs. */
export function chooseRuns(model: LayersModel, training: EncodedSplit): void {
  const layer = model.layers.find((each) => each instanceof NgramEmbedding);
  if (!layer) return;
  const { idCount: tokenCount, ngrams: longest, ngramVectors: limit } = layer;
  layer.know(frequentRuns(training, { tokenCount, longest, limit }));
}
