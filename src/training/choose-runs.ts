import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type EncodedSplit, exampleCount, idsOfExample } from '../batches/encoded-split.js';
import { frequentRuns } from '../batches/frequent-runs.js';
import { tokensAlone } from '../batches/tokens-alone.js';
import { NgramEmbedding } from '../layers/ngram-embedding.js';
import { wideLayerOf } from '../model/wide-part.js';
import type { IdArray } from '../text/token-ids.js';

/** Gives vectors to the most frequent runs of tokens of the training examples, where a model has vectors for runs. */
export function chooseRuns(model: LayersModel, training: EncodedSplit): void {
  const layer = model.layers.find((each) => each instanceof NgramEmbedding);
  if (!layer) return;
  const { idCount: tokenCount, ngrams: longest, ngramVectors: limit } = layer;
  layer.know(frequentRuns(tokensOf(training, model), { tokenCount, longest, limit }));
}

/** The tokens of each example as the embedding numbers them: beside a wide part without the runs that are its features. */
function* tokensOf(training: EncodedSplit, model: LayersModel): Generator<IdArray> {
  const wide = wideLayerOf(model);
  for (let example = 0; example < exampleCount(training); example++) {
    const ids = idsOfExample(training, example);
    yield wide ? tokensAlone(ids, wide.runIds) : ids;
  }
}
