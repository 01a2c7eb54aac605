import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FeatureScaling, scaleFeatures } from '../../src/batches/feature-scaling.js';
import { padBatch } from '../../src/batches/pad-batch.js';
import { fillConfig } from '../../src/config/fill-config.js';
import type { ModelConfig } from '../../src/config/schema.js';
import type { FeatureColumn } from '../../src/datasets/split.js';
import { buildModel } from '../../src/model/build-model.js';
import { checkFeatures } from '../../src/model/check-features.js';
import { featureColumnsOf } from '../../src/model/joined-features.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { gradientsOf } from '../../src/training/gradients.js';
import { backendVariants, hasOurKernels, useVariant } from '../backends/backend-variants.js';
import { type JoinedFeaturesGolden, joinedFeatures } from '../golden/read-weighted.js';
import { expectValues } from '../layers/expect-values.js';
import { numbersOf } from '../runs/tiny-run.js';
import { tinyTask } from '../training/tiny-task.js';

const columns: FeatureColumn[] = [
  { name: 'Price in USD', kind: 'numeric' },
  { name: 'same_everywhere', kind: 'numeric' },
  { name: 'isNew', kind: 'category' },
];
const gru = fillConfig(
  { model: { embedding: { units: 4 }, layers: [{ cell: 'gru', units: 3 }] } },
  'test',
).model;
const made: LayersModel[] = [];
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});

/** The golden examples, encoded. */
function examplesOf({ ids, lengths, labels, features, exampleWeights }: JoinedFeaturesGolden) {
  const [rows, time] = ids.shape;
  const offsets = new Int32Array(rows + 1);
  lengths.values.forEach((length: number, row: number) => {
    offsets[row + 1] = offsets[row] + length;
  });
  const ofRow = (row: number) => [...ids.values.subarray(row * time, row * time + lengths.values[row])];
  return {
    ids: Int32Array.from(Array.from({ length: rows }, (_, row) => ofRow(row)).flat()),
    offsets,
    targets: { values: labels.values as Int32Array },
    weights: exampleWeights.values as Float32Array,
    features: { values: features.values as Float32Array, columns: 3 },
  };
}

function modelOf(config: ModelConfig, beside: FeatureScaling | undefined, labelCount = 2): LayersModel {
  const model = buildModel(config, { idCount: 12, task: tinyTask(labelCount), seed: 3, beside });
  made.push(model);
  return model;
}

function goldenModel(golden: JoinedFeaturesGolden): LayersModel {
  const model = modelOf(gru, scaleFeatures(examplesOf(golden).features, columns), golden.labelCount);
  tf.tidy(() => {
    const scaling = model.getWeights().slice(-2);
    const trained = Object.values(golden.weights).map(({ values, shape }) => tf.tensor(values, shape));
    model.setWeights([...trained, ...scaling]);
  });
  return model;
}

describe.each(backendVariants)('a model of a text and numbers beside it on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(joinedFeatures)(
    "is Keras' functional model, with its gradients: $labelCount labels",
    async (golden) => {
      const encoded = examplesOf(golden);
      const model = goldenModel(golden);
      const probabilities = await predictProbabilities(model, encoded, { batchSize: 4 });
      expectValues(probabilities, golden.predictions.values, 1e-6);
      const task = tinyTask(golden.labelCount);
      const examples = Int32Array.from(golden.labels.values, (_, row) => row);
      tf.tidy(() => {
        const { loss, gradients } = gradientsOf(model, task)(padBatch(encoded, examples), {
          ...encoded,
          examples,
        });
        expectValues(loss.dataSync(), golden.loss.values, 1e-6);
        const expected = Object.values(golden.gradients);
        expect(Object.keys(gradients)).toHaveLength(expected.length);
        Object.values(gradients).forEach((gradient, place) => {
          expectValues(gradient.dataSync(), expected[place].values, 2e-6);
        });
      });
    },
  );

  it('answers an example the same alone and among others, whatever its numbers', async () => {
    const [golden] = joinedFeatures;
    const encoded = examplesOf(golden);
    const model = goldenModel(golden);
    const together = await predictProbabilities(model, encoded, { batchSize: 6 });
    const alone = await predictProbabilities(model, encoded, { batchSize: 1 });
    expectValues(alone, together, hasOurKernels(variant) ? 0 : 1e-6);
    const moved = {
      ...encoded,
      features: { ...encoded.features, values: encoded.features.values.map((v) => v + 100) },
    };
    const others = await predictProbabilities(model, moved, { batchSize: 6 });
    expect(others.every((value, row) => Math.abs(value - together[row]) > 1e-3)).toBe(true);
  });

  it('is the same after it was saved and loaded, and knows what it needs, each type of model', async () => {
    const encoded = examplesOf(joinedFeatures[0]);
    const beside = scaleFeatures(encoded.features, columns);
    for (const model of [
      gru,
      ...[
        { type: 'conv1d', embedding: { units: 4 }, filters: 5, dropout: 0.5 },
        { type: 'averagedEmbedding', embedding: { units: 4 } },
      ].map((each) => fillConfig({ model: each, training: optimizerOf(each.type) }, 'test').model),
    ]) {
      const built = modelOf(model, beside);
      let saved: tf.io.ModelArtifacts;
      await built.save(
        tf.io.withSaveHandler(async (artifacts) => {
          saved = artifacts;
          return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
        }),
      );
      const loaded = await loadLayersModel({
        load: async () =>
          JSON.parse(JSON.stringify(saved!), (key, value) =>
            key === 'weightData' ? saved.weightData : value,
          ),
      });
      made.push(loaded);
      expect(numbersOf(loaded)).toEqual(numbersOf(built));
      expect(featureColumnsOf(loaded)).toEqual(columns);
      expect(await predictProbabilities(loaded, encoded, { batchSize: 6 })).toEqual(
        await predictProbabilities(built, encoded, { batchSize: 6 }),
      );
      const numbers = numbersOf(built).slice(-2);
      expect(numbers).toEqual([[...beside.mean], [...beside.deviation]]);
    }
  });

  it('says what is missing', async () => {
    const [golden] = joinedFeatures;
    const { features, ...without } = examplesOf(golden);
    const model = goldenModel(golden);
    const said =
      'The model was trained with 3 features (Price in USD, same_everywhere, isNew) beside each text, but the examples have';
    await expect(predictProbabilities(model, without, { batchSize: 4 })).rejects.toThrow(`${said} none.`);
    const two = { ...without, features: { values: features.values.subarray(0, 12), columns: 2 } };
    await expect(predictProbabilities(model, two, { batchSize: 4 })).rejects.toThrow(`${said} 2.`);
    const swapped = [columns[1], columns[0], columns[2]];
    expect(() => checkFeatures(model, { ...without, features }, swapped)).toThrow(
      `${said} 3 features (same_everywhere, Price in USD, isNew).`,
    );
    expect(() => checkFeatures(model, { ...without, features }, columns)).not.toThrow();
    expect(() => checkFeatures(modelOf(gru, undefined), without)).not.toThrow();
  });
});

function optimizerOf(type: string) {
  return type === 'averagedEmbedding' ? { optimizer: { name: 'fastText' } } : {};
}
