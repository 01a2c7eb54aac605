import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildBagOfWords } from '../../src/model/build-bag-of-words.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { BagOfWordsLearner } from '../../src/training/bag-of-words-learner.js';
import { disposeSnapshot } from '../../src/training/checkpoint.js';
import { type BagOfWordsCase, goldenBags, goldenFeatures, titleOf } from '../golden/read-bag-of-words.js';
import { expectValues } from '../layers/expect-values.js';
import { useCpu } from '../runs/tiny-run.js';
import { tinyTask } from './tiny-task.js';

beforeAll(useCpu);

const { idCount } = goldenBags;

function learnerOf({ weighting, inverseRegularization, labels, bias }: BagOfWordsCase) {
  const config = { type: 'bagOfWords' as const, weighting, inverseRegularization };
  const labelCount = bias.length === 1 ? 2 : bias.length;
  const task = tinyTask(labelCount);
  const model = buildBagOfWords(config, { idCount, task, seed: 1 });
  const features = goldenFeatures(labels);
  const options = { task, training: features, config, idCount };
  return { learner: new BagOfWordsLearner(model, options), model, features };
}

const allExamples = Int32Array.from(goldenBags.examples, (_, example) => example);
const several = goldenBags.cases.find(
  ({ weighting, bias }) => weighting === 'naiveBayes' && bias.length === 3,
)!;

describe('BagOfWordsLearner', () => {
  it.each(goldenBags.cases.map((golden) => [titleOf(golden), golden] as const))(
    "reaches scikit-learn's optimum: %s",
    async (_title, golden) => {
      const { learner, model, features } = learnerOf(golden);
      for (let round = 0; round < 2_000; round++) learner.learn(allExamples);
      learner.fillModel();
      const [kernel, bias] = model.getWeights().map((weight) => weight.dataSync<'float32'>());
      // What liblinear's own stopping leaves; coefficients are of size 1.
      expectValues(kernel, golden.kernel, 1e-5);
      expectValues(bias, golden.bias, 1e-5);
      expectValues(
        await predictProbabilities(model, features, { batchSize: 16 }),
        golden.probabilities,
        1e-5,
      );
      expect(learner.isConverged()).toBe(true);
      model.dispose();
    },
  );

  it('reports the loss and the hits of the model as it was before each example', () => {
    for (const golden of [several, goldenBags.cases[0]]) {
      const { learner, model } = learnerOf(golden);
      expect(learner.isConverged()).toBe(false);
      const columns = golden.bias.length;
      const first = learner.learn(Int32Array.of(0));
      // All weights are nearly 0 then, so every label is as likely as the others.
      expect(first.loss).toBeCloseTo(Math.log(Math.max(2, columns)), 5);
      let correct = 0;
      const losses = [...allExamples].map((example) => {
        const one = learner.learn(Int32Array.of(example));
        correct += one.counts.correct;
        return one.loss;
      });
      expect(correct).toBeGreaterThan(0);
      expect(losses.reduce((sum, loss) => sum + loss)).toBeGreaterThan(0);
      model.dispose();
    }
  });

  it('goes on from its snapshot bit for bit', async () => {
    const one = learnerOf(several);
    const other = learnerOf(several);
    one.learner.learn(allExamples);
    const snapshot = one.learner.snapshot();
    await other.learner.restore(snapshot);
    disposeSnapshot(snapshot);
    for (const { learner } of [one, other]) {
      learner.learn(allExamples);
      learner.fillModel();
    }
    const numbers = [one, other].map(({ model }) =>
      model.getWeights().map((weight) => [...weight.dataSync()]),
    );
    expect(numbers[1]).toEqual(numbers[0]);
    one.model.dispose();
    other.model.dispose();
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const { learner, model } = learnerOf(several);
    learner.learn(allExamples);
    learner.fillModel();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
