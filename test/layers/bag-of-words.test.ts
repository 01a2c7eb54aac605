import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../src/model/build-model.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { type BagOfWordsCase, goldenBags, goldenFeatures, titleOf } from '../golden/read-bag-of-words.js';
import { tinyTask } from '../training/tiny-task.js';
import { expectValues } from './expect-values.js';

const made: LayersModel[] = [];
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});

/** A model with the golden weights. */
function modelOf({ weighting, kernel, bias }: BagOfWordsCase): LayersModel {
  const { idCount } = goldenBags;
  const columns = bias.length;
  const model = buildModel(
    { type: 'bagOfWords', weighting, inverseRegularization: 1 },
    { idCount, task: tinyTask(columns === 1 ? 2 : columns), seed: 1 },
  );
  made.push(model);
  tf.tidy(() => {
    const idf = weighting === 'tfIdf' ? [tf.tensor1d(goldenBags.idf)] : [];
    model.setWeights([tf.tensor2d(kernel, [idCount, columns]), tf.tensor1d(bias), ...idf]);
  });
  return model;
}

const threeLabels = goldenBags.cases.filter(({ bias }) => bias.length === 3);

describe.each(backendVariants)('BagOfWords on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(goldenBags.cases.map((golden) => [titleOf(golden), golden] as const))(
    "gives scikit-learn's probabilities with its coefficients: %s",
    async (_title, golden) => {
      const probabilities = await predictProbabilities(modelOf(golden), goldenFeatures(), { batchSize: 7 });
      // Sums of at most 20 features of size 10, in float32.
      expectValues(probabilities, golden.probabilities, 2e-6);
    },
  );

  it("does not let an example's probability depend on the examples beside it", async () => {
    for (const golden of threeLabels) {
      const model = modelOf(golden);
      const alone = await predictProbabilities(model, goldenFeatures(), { batchSize: 1 });
      const together = await predictProbabilities(model, goldenFeatures(), { batchSize: 40 });
      // TensorFlow's products add up in another order for another batch.
      if (variant.name === 'tensorflow') expectValues(together, alone, 1e-6);
      else expect(together).toEqual(alone);
    }
  });

  it('comes back from its files as it was', async () => {
    for (const golden of threeLabels) {
      const model = modelOf(golden);
      let saved: tf.io.ModelArtifacts | undefined;
      await model.save(
        tf.io.withSaveHandler(async (artifacts) => {
          saved = artifacts;
          return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
        }),
      );
      const loaded = await loadLayersModel({ load: async () => saved! });
      made.push(loaded);
      expect(loaded.countParams()).toBe(model.countParams());
      const answers = await predictProbabilities(loaded, goldenFeatures(), { batchSize: 8 });
      expect(answers).toEqual(await predictProbabilities(model, goldenFeatures(), { batchSize: 8 }));
    }
  });
});
