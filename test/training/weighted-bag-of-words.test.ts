import { beforeAll, describe, expect, it } from 'vitest';
import { countFeatures } from '../../src/batches/count-features.js';
import { subset } from '../../src/batches/encoded-split.js';
import { fillConfig } from '../../src/config/fill-config.js';
import type { BagOfWordsConfig } from '../../src/config/schema.js';
import { buildBagOfWords } from '../../src/model/build-bag-of-words.js';
import { BagOfWordsLearner } from '../../src/training/bag-of-words-learner.js';
import { createLearner } from '../../src/training/create-learner.js';
import { goldenBags, goldenFeatures } from '../golden/read-bag-of-words.js';
import { type WeightedBagCase, weightedBags } from '../golden/read-weighted.js';
import { expectValues } from '../layers/expect-values.js';
import { numbersOf, useCpu } from '../runs/tiny-run.js';
import { encodedExamples, tinyExamples, idCount as tinyIds } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

beforeAll(useCpu);

const { idCount } = goldenBags;
const allExamples = Int32Array.from(goldenBags.examples, (_, example) => example);
const names = tinyTask(3).labels;

function learnerOf({ labels, bias, classWeights, sampleWeights, inverseRegularization }: WeightedBagCase) {
  const byName = Array.isArray(classWeights)
    ? Object.fromEntries(classWeights.map((weight, label) => [names[label], weight]))
    : classWeights;
  const model = { type: 'bagOfWords', weighting: 'binary', inverseRegularization };
  const config = fillConfig({ model, training: { classWeights: byName } }, 'test');
  const task = tinyTask(bias.length === 1 ? 2 : bias.length);
  const weights = sampleWeights ? { weights: Float32Array.from(sampleWeights) } : {};
  return createLearner({ config, task, training: { ...goldenFeatures(labels), ...weights }, idCount });
}

describe('a weighted BagOfWordsLearner', () => {
  it.each(weightedBags.cases.map((golden) => [golden.name, golden] as const))(
    "reaches scikit-learn's optimum: %s",
    async (_name, golden) => {
      const learner = await learnerOf(golden);
      const place = { step: 0, totalSteps: 1, epochSteps: 1, history: [], examplesBefore: 0 };
      for (let round = 0; round < 2_000; round++) learner.learn(allExamples, place);
      learner.fillModel();
      const [kernel, bias] = numbersOf(learner.model);
      expectValues(kernel, golden.kernel, 1e-5);
      expectValues(bias, golden.bias, 1e-5);
      expect(learner.isConverged()).toBe(true);
      learner.dispose();
    },
  );

  const config: BagOfWordsConfig = { type: 'bagOfWords', weighting: 'binary', inverseRegularization: 3 };
  function learnt(
    weights: Float32Array | undefined,
    examples: readonly number[],
    positiveWeights?: Float64Array,
  ) {
    const encoded = encodedExamples(tinyExamples(12));
    const training = countFeatures(subset({ ...encoded, ...(weights && { weights }) }, examples));
    const options = { task: tinyTask(), training, config, idCount: tinyIds };
    const model = buildBagOfWords(config, { ...options, seed: 1 });
    const learner = new BagOfWordsLearner(model, { ...options, lossSettings: { positiveWeights } });
    const all = Int32Array.from(examples, (_, i) => i);
    const first = learner.learn(all).loss;
    for (let round = 0; round < 500; round++) learner.learn(all);
    learner.fillModel();
    const numbers = numbersOf(model).flat();
    model.dispose();
    return { numbers, first };
  }
  const twelve = Array.from({ length: 12 }, (_, i) => i);

  it('learns from a weight of 2 as from the example given twice, and from 0 as from none', () => {
    const weights = Float32Array.from(twelve, (i) => [1, 2, 0][i % 3]);
    const repeated = twelve.flatMap((i) => Array(weights[i]).fill(i));
    expectValues(learnt(weights, twelve).numbers, learnt(undefined, repeated).numbers, 1e-5);
  });

  it('learns the same bits from weights of 1 as without', () => {
    expect(learnt(new Float32Array(12).fill(1), twelve)).toEqual(learnt(undefined, twelve));
  });

  it('reports the loss times the weight', () => {
    const halves = learnt(new Float32Array(12).fill(0.5), [0]);
    const wholes = learnt(undefined, [0]);
    expect(halves.first).toBeCloseTo(wholes.first / 2, 6);
  });

  it('takes the weight of a label that an example has, column by column', () => {
    const byLabel = Float32Array.from(twelve, (i) => (i % 2 === 1 ? 2.5 : 1));
    const { numbers } = learnt(undefined, twelve, Float64Array.of(2.5));
    expectValues(numbers, learnt(byLabel, twelve).numbers, 1e-9);
  });
});
