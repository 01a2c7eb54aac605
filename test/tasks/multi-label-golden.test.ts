import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countFeatures } from '../../src/batches/count-features.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildBagOfWords } from '../../src/model/build-bag-of-words.js';
import { buildModel } from '../../src/model/build-model.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { openTask } from '../../src/tasks/open-task.js';
import type { ExampleLoss, Task } from '../../src/tasks/task.js';
import { AveragedEmbeddingLearner } from '../../src/training/averaged-embedding-learner.js';
import { BagOfWordsLearner } from '../../src/training/bag-of-words-learner.js';
import { gradientsOf } from '../../src/training/gradients.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import {
  encodedBatch,
  encodedOf,
  type GoldenValues,
  labelNames,
  readSeveralLabels,
} from '../golden/read-several-labels.js';
import { expectValues } from '../layers/expect-values.js';
import { numbersOf, useCpu } from '../runs/tiny-run.js';

type Learnt = Task & { readonly exampleLoss: ExampleLoss };
const taskOf = (labelCount: number) => openTask('multiLabel', labelNames(labelCount)) as Learnt;

function withWeights(model: object, weights: readonly GoldenValues[], task: Task, idCount = 20) {
  const optimizer = 'type' in model && model.type === 'averagedEmbedding' ? { name: 'fastText' } : undefined;
  const config = fillConfig({ model, training: { optimizer } }, 'golden').model;
  const built = buildModel(config, { idCount, task, seed: 1 });
  tf.tidy(() => built.setWeights(weights.map(({ values, shape }) => tf.tensor(values, shape))));
  return built;
}

const models = {
  recurrent: { embedding: { units: 6 }, layers: [{ cell: 'gru', units: 5 }] },
  conv1d: { type: 'conv1d', embedding: { units: 6 }, filters: 7, kernelSize: 3 },
};

describe.each(backendVariants)('several labels at once on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(['recurrent', 'conv1d'] as const)("have Keras' loss and gradients: %s", async (name) => {
    const golden = readSeveralLabels(name);
    const task = taskOf(golden.labelCount);
    const model = withWeights(models[name], golden.weights, task);
    const { batch, encoded, examples } = encodedBatch(golden);
    const probabilities = await predictProbabilities(model, encoded, { batchSize: 6 });
    expectValues(probabilities, golden.probabilities.values, 1e-6);
    tf.tidy(() => {
      const { targets } = encoded;
      const { loss, counts, gradients } = gradientsOf(model, task)(batch, { targets, examples });
      expect(Math.abs(loss.dataSync()[0] - golden.loss.values[0])).toBeLessThan(1e-6);
      model.trainableWeights.forEach((weight, place) => {
        const gradient = gradients[(weight.read() as tf.Variable).name];
        expectValues(gradient.dataSync(), golden.gradients[place].values, 1e-6);
      });
      const yes = probabilities.map((probability) => Number(probability >= 0.5));
      expect(counts.predicted).toBe(yes.reduce((sum, each) => sum + each));
      expect(counts.support).toBe(golden.targets.flat().length);
    });
    model.dispose();
  });
});

describe('several labels at once in plain arrays', () => {
  beforeAll(useCpu);

  it('take the steps against the gradient that Keras gives, one example after another', async () => {
    const golden = readSeveralLabels('averaged-embedding');
    const task = taskOf(golden.labelCount);
    const model = withWeights({ type: 'averagedEmbedding', embedding: { units: 6 } }, golden.weights, task);
    const { encoded, examples } = encodedBatch(golden);
    const { learningRate } = golden;
    const learner = new AveragedEmbeddingLearner(model, { task, training: encoded, learningRate, epochs: 1 });
    const { loss } = learner.learn(examples, { examplesBefore: 0 });
    learner.fillModel();
    const losses = golden.losses.values;
    expect(loss).toBeCloseTo(losses.reduce((sum, each) => sum + each) / losses.length, 6);
    numbersOf(model).forEach((numbers, place) => {
      expectValues(numbers, golden.finalWeights[place].values, 2e-6);
    });
    const probabilities = await predictProbabilities(model, encoded, { batchSize: 6 });
    expectValues(probabilities, golden.probabilities.values, 2e-6);
    model.dispose();
  });

  const bags = readSeveralLabels('bag-of-words');
  it.each(bags.cases)("reach scikit-learn's optimum of each label: $weighting", async (golden) => {
    const { idCount, labelCount, inverseRegularization, ids, targets } = bags;
    const config = { type: 'bagOfWords' as const, weighting: golden.weighting, inverseRegularization };
    const task = taskOf(labelCount);
    const training = countFeatures(encodedOf(ids, targets));
    const model = buildBagOfWords(config, { idCount, task, seed: 1 });
    const learner = new BagOfWordsLearner(model, { task, training, config, idCount });
    const all = Int32Array.from(ids, (_, example) => example);
    for (let round = 0; round < 2_000; round++) learner.learn(all);
    learner.fillModel();
    const [kernel, bias] = numbersOf(model);
    // What liblinear's own stopping leaves; coefficients are of size 1.
    expectValues(kernel, golden.kernel.values, 1e-5);
    expectValues(bias, golden.bias.values, 1e-5);
    const probabilities = await predictProbabilities(model, training, { batchSize: 16 });
    expectValues(probabilities, golden.probabilities.values, 1e-5);
    expect(learner.isConverged()).toBe(true);
    expect(model.layers.at(-1)!.getConfig().normalized).toBe(false);
    model.dispose();
  });
});
