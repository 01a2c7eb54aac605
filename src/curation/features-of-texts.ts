import { type LayersModel, model as makeModel } from '@tensorflow/tfjs-layers';
import { countFeatures } from '../batches/count-features.js';
import { encodeTexts } from '../batches/encode-texts.js';
import { lastFeatures } from '../model/logits.js';
import { outputColumns, predictProbabilities } from '../model/predict-probabilities.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { featureValues, inverseDocumentFrequencies } from '../training/feature-weights.js';
import { denseFeatures, type SpreadFeatures, sparseFeatures } from './spread-features.js';

/**
 * Texts as points whose distances say how alike they are to a model: what its last layer reads, and what a wide part adds to it; for a bag of words, which
 * has no such layer, TF-IDF of the features that the vocabulary knows, at length 1, with frequencies of these texts.
 *
 * @param options.batchSize texts computed at once; changes the speed only
 */
export async function featuresOfTexts(
  texts: readonly string[],
  { model, vocabulary, batchSize }: { model: LayersModel; vocabulary: Vocabulary; batchSize: number },
): Promise<SpreadFeatures> {
  const encoded = encodeTexts(texts, vocabulary);
  if (model.inputNames.includes('counts')) {
    const { idCount } = vocabulary;
    const features = countFeatures(encoded);
    const idf = inverseDocumentFrequencies(features, idCount);
    return sparseFeatures(features, {
      values: featureValues(features, { weighting: 'tfIdf', idf }),
      idCount,
    });
  }
  // It shares the layers, and their weights, with the model, which disposes of them.
  const body = makeModel({ inputs: model.inputs, outputs: lastFeatures(model) });
  return denseFeatures(await predictProbabilities(body, encoded, { batchSize }), outputColumns(body));
}
