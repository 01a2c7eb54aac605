import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel, model as makeModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countAndEncode } from '../../src/batches/count-and-encode.js';
import { countFeatures } from '../../src/batches/count-features.js';
import { padBatch } from '../../src/batches/pad-batch.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { batchInputs } from '../../src/model/batch-inputs.js';
import { buildModel } from '../../src/model/build-model.js';
import { lastFeatures, logitsOf } from '../../src/model/logits.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { openTask } from '../../src/tasks/open-task.js';
import type { Task } from '../../src/tasks/task.js';
import { runIdsOf, wordIdCount } from '../../src/text/run-ids.js';
import { gradientsOf } from '../../src/training/gradients.js';
import { notFinitePlace } from '../../src/training/not-finite.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { goldenBags, goldenFeatures, titleOf } from '../golden/read-bag-of-words.js';
import { expectValues } from '../layers/expect-values.js';
import { textConfig } from '../text/text-config.js';
import { tinyExamples } from '../training/tiny-data.js';
import { tinyTask } from '../training/tiny-task.js';

const made: LayersModel[] = [];
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});
const noted = (model: LayersModel) => {
  made.push(model);
  return model;
};
const configOf = (weighting: 'binary' | 'naiveBayes' | 'none') =>
  fillConfig(
    {
      model: {
        embedding: { units: 4 },
        layers: [{ cell: 'gru', units: 3, bidirectional: 'concat' }],
        pooling: 'max',
        wide: weighting === 'none' ? weighting : { weighting },
      },
    },
    'test',
  ).model;

/** Examples with their runs of two and three tokens, and a model of them whose weights are all to be seen. */
async function wideModel(text: { ngramBuckets: number; oovBuckets: number }, task: Task = tinyTask()) {
  const config = textConfig({ ngrams: 3, vocabularySize: 40, ...text });
  const { vocabulary, encoded } = await countAndEncode([tinyExamples(14, { labelCount: 2 })], config);
  const { idCount } = vocabulary;
  const runIds = runIdsOf(vocabulary);
  const model = noted(buildModel(configOf('naiveBayes'), { idCount, runIds, task, seed: 1 }));
  tf.tidy(() => {
    const numbers = (size: number, i: number) => randomNumbers(size, { seed: i + 1, scale: 0.7 });
    model.setWeights(model.getWeights().map(({ size, shape }, i) => tf.tensor(numbers(size, i), shape)));
  });
  return { model, encoded, vocabulary, runIds, task };
}

const texts = [
  { ngramBuckets: 0, oovBuckets: 3 },
  { ngramBuckets: 0, oovBuckets: 0 },
  { ngramBuckets: 30, oovBuckets: 3 },
];
const all = Int32Array.from({ length: 14 }, (_, example) => example);

describe.each(backendVariants)('a wide and deep model on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(
    goldenBags.cases
      .filter(({ weighting, bias }) => bias.length === 1 && ['binary', 'naiveBayes'].includes(weighting))
      .map((golden) => [titleOf(golden), golden] as const),
  )(
    "answers as scikit-learn's bag of words with its coefficients, where nothing comes from the deep part: %s",
    async (_title, { weighting, kernel, bias, probabilities }) => {
      const { idCount } = goldenBags;
      const runIds = { first: idCount, end: idCount };
      const model = noted(
        buildModel(configOf(weighting as 'binary' | 'naiveBayes'), {
          idCount,
          runIds,
          task: tinyTask(),
          seed: 1,
        }),
      );
      tf.tidy(() => {
        const { wide, label } = Object.fromEntries(model.layers.map((layer) => [layer.name, layer]));
        label.setWeights([tf.zeros(label.getWeights()[0].shape), tf.tensor1d(bias)]);
        const [ratios] = goldenBags.ratios;
        const column = (numbers: number[]) => tf.tensor2d(numbers, [idCount, 1]);
        wide.setWeights(
          weighting === 'binary'
            ? [column(kernel)]
            : [
                column(kernel.map((weight, id) => (ratios[id] === 0 ? 0 : weight / ratios[id]))),
                column(ratios),
              ],
        );
      });
      const { offsets, ids, targets } = goldenFeatures();
      const answers = await predictProbabilities(model, { ids, offsets, targets }, { batchSize: 7 });
      expectValues(answers, probabilities, 2e-6);
    },
  );

  it.each(texts)('has vectors for tokens alone, and weights for all features: %o', async (text) => {
    const { model, vocabulary, runIds } = await wideModel(text);
    const rows = Object.fromEntries(
      model.layers.map((layer) => [layer.name, layer.getWeights()[0]?.shape[0]]),
    );
    expect(runIds.end).toBeGreaterThan(runIds.first);
    expect(rows.embedding).toBe(wordIdCount(vocabulary.idCount, runIds));
    expect(rows.wide).toBe(vocabulary.idCount);
    expect(model.inputNames).toEqual(['ids', 'grams']);
  });

  it.each(texts)('adds the sums of an example to the logits of its words read in order: %o', async (text) => {
    const { model, encoded, vocabulary, runIds, task } = await wideModel(text);
    const features = countFeatures(encoded);
    const [kernel, values] = model.layers
      .find(({ name }) => name === 'wide')!
      .getWeights()
      .map((weight) => weight.dataSync());
    const sums = Array.from(all, (example) =>
      [...features.ids.subarray(features.offsets[example], features.offsets[example + 1])].reduce(
        (sum, id) => sum + kernel[id] * values[id],
        0,
      ),
    );
    const deepIds = wordIdCount(vocabulary.idCount, runIds);
    const deep = noted(buildModel(configOf('none'), { idCount: deepIds, task, seed: 1 }));
    const deepLayers = model.layers.filter(({ name }) => name !== 'wide');
    tf.tidy(() => deep.setWeights(deepLayers.flatMap((layer) => layer.getWeights())));
    // The same words as a text without runs has, unknown ones at the end of the ids.
    const size = runIds.end - runIds.first;
    const words = Array.from(all, (example) =>
      [...encoded.ids.subarray(encoded.offsets[example], encoded.offsets[example + 1])]
        .filter((id) => id < runIds.first || id >= runIds.end)
        .map((id) => (id >= runIds.end ? id - size : id)),
    );
    const offsets = Int32Array.from([0, ...words.map(({ length }) => length)]);
    for (let i = 1; i < offsets.length; i++) offsets[i] += offsets[i - 1];
    const alone = { ids: Int32Array.from(words.flat()), offsets, targets: encoded.targets };
    tf.tidy(() => {
      const deepBatch = padBatch(alone, all);
      const deepLogits = logitsOf(deep)(batchInputs(deep, deepBatch), {}).dataSync();
      const logits = logitsOf(model)(batchInputs(model, padBatch(encoded, all)), {}).dataSync();
      expectValues(
        logits,
        sums.map((sum, row) => sum + deepLogits[row]),
        3e-6,
      );
      const probabilities = (model.apply(batchInputs(model, padBatch(encoded, all))) as tf.Tensor).dataSync();
      expectValues(
        probabilities,
        [...logits].map((logit) => 1 / (1 + Math.exp(-logit))),
        1e-6,
      );
    });
  });

  it.each([
    ['classification', ['no', 'yes']],
    ['classification', ['a', 'b', 'c']],
    ['multiLabel', ['a', 'b', 'c']],
  ] as const)('has the gradients of its loss, by central differences: %s of %j', async (name, labels) => {
    const task = openTask(name, [...labels]);
    const { model, encoded } = await wideModel(texts[0], task);
    const several = {
      values: encoded.targets.values,
      offsets: Int32Array.from([0, ...all], (i, k) => (k ? i + 1 : 0)),
    };
    const targets = task.exclusive ? encoded.targets : several;
    const batch = padBatch(encoded, all);
    const compute = gradientsOf(model, task);
    const lossNow = () => tf.tidy(() => compute(batch, { targets, examples: all }).loss.dataSync()[0]);
    const gradients = tf.tidy(() => {
      const given = compute(batch, { targets, examples: all }).gradients;
      return model.trainableWeights.map((weight) =>
        given[(weight.read() as tf.Variable).name].dataSync().slice(),
      );
    });
    const used = [...new Set(encoded.ids)];
    model.trainableWeights.forEach((weight, i) => {
      const isKernel = weight.originalName.includes('wide');
      if (!isKernel && !weight.originalName.includes('label')) return;
      const variable = weight.read() as tf.Variable;
      const numbers = variable.dataSync().slice();
      const places = isKernel ? used.slice(0, 6).map((id) => id * task.columns) : [0, 1];
      for (const place of places.filter((each) => each < numbers.length)) {
        const step = 0.05;
        const lossAt = (change: number) => {
          const moved = numbers.slice();
          moved[place] += change;
          tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape) as tf.Variable));
          return lossNow();
        };
        const [near, far] = [1, 2].map((factor) => {
          return (lossAt(factor * step) - lossAt(-factor * step)) / (2 * factor * step);
        });
        // Richardson: what is left of the curvature is of the fourth order.
        expect(Math.abs((4 * near - far) / 3 - gradients[i][place])).toBeLessThan(3e-5);
      }
      tf.tidy(() => variable.assign(tf.tensor(numbers, variable.shape) as tf.Variable));
    });
  });

  it('tells in which part numbers are not finite, and none where all are', async () => {
    const { model, encoded } = await wideModel(texts[0]);
    const batch = padBatch(encoded, all);
    expect(notFinitePlace(model, batch)).toBeUndefined();
    const wide = model.layers.find(({ name }) => name === 'wide')!;
    // Sums of such weights have no place in 32 bits.
    const large = wide.getWeights().map((weight) => tf.fill(weight.shape, 1e30));
    wide.setWeights(large);
    for (const weight of large) weight.dispose();
    expect(notFinitePlace(model, batch)).toEqual({ layer: 'wide', part: 'outputs', rows: [] });
  });

  it('comes back from its files as it was, and shows what its last layer reads', async () => {
    const { model, encoded } = await wideModel(texts[0], tinyTask(3));
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = JSON.parse(JSON.stringify(artifacts)) as tf.io.ModelArtifacts;
        saved.weightData = artifacts.weightData;
        return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
      }),
    );
    const loaded = noted(await loadLayersModel({ load: async () => saved! }));
    const answers = await predictProbabilities(loaded, encoded, { batchSize: 8 });
    expect(answers).toEqual(await predictProbabilities(model, encoded, { batchSize: 8 }));
    tf.tidy(() => {
      const sums = logitsOf(loaded)(batchInputs(loaded, padBatch(encoded, all)), {});
      expectValues(
        sums.dataSync(),
        logitsOf(model)(batchInputs(model, padBatch(encoded, all)), {}).dataSync(),
        0,
      );
    });
    const body = makeModel({ inputs: model.inputs, outputs: lastFeatures(model) });
    const read = await predictProbabilities(body, encoded, { batchSize: 8 });
    tf.tidy(() => {
      const [ofDeep, ofWide] = tf.split(tf.tensor2d(read, [14, 9]), [6, 3], 1) as tf.Tensor2D[];
      const [kernel, bias] = model.layers.find(({ name }) => name === 'label')!.getWeights();
      const sums = tf.add(tf.add(tf.matMul(ofDeep, kernel as tf.Tensor2D), bias), ofWide);
      const logits = logitsOf(model)(batchInputs(model, padBatch(encoded, all)), {});
      expectValues(sums.dataSync(), logits.dataSync(), 1e-5);
    });
  });
});
