import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { wideLayerOf } from '../../src/model/wide-part.js';
import { disposeSnapshot } from '../../src/training/checkpoint.js';
import { createLearner } from '../../src/training/create-learner.js';
import { valueWideFeatures } from '../../src/training/value-wide-features.js';
import { goldenBags, goldenFeatures } from '../golden/read-bag-of-words.js';
import { expectValues } from '../layers/expect-values.js';
import { useCpu } from '../runs/tiny-run.js';
import { tinyTask } from './tiny-task.js';

beforeAll(useCpu);
const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

const { idCount } = goldenBags;
const runIds = { first: idCount, end: idCount };
const configOf = (weighting: string) => {
  const layers = [{ cell: 'gru', units: 3 }];
  return fillConfig({ model: { embedding: { units: 4 }, layers, wide: { weighting } } }, 'test');
};

/** What of the golden features the layer reads: their ids, one example after the other. */
function trainingOf(labels: readonly number[]) {
  const { ids, offsets, targets } = goldenFeatures(labels);
  return { ids, offsets, targets };
}

describe('the values of the features of a wide part', () => {
  it("are NumPy's log-count ratios of each label against the rest", async () => {
    const task = tinyTask(3);
    const options = { config: configOf('naiveBayes'), task, idCount, runIds };
    const learner = await createLearner({ ...options, training: trainingOf(goldenBags.labels) });
    made.push(learner);
    const [kernel, values] = wideLayerOf(learner.model)!.getWeights();
    expect([kernel.shape, values.shape]).toEqual([
      [idCount, 3],
      [idCount, 3],
    ]);
    const expected = Array.from(
      { length: idCount * 3 },
      (_, k) => goldenBags.ratios[k % 3][Math.floor(k / 3)],
    );
    // Rounded to float32, of size 1.
    expectValues(values.dataSync(), expected, 2e-7);
    expect(kernel.dataSync().every((weight) => weight === 0)).toBe(true);
  });

  it('stay as they are while the weights are trained, and are part of a snapshot', async () => {
    const task = tinyTask();
    const labels = goldenBags.labels.map((label) => Number(label === 1));
    const options = { config: configOf('naiveBayes'), task, idCount, runIds };
    const learner = await createLearner({ ...options, training: trainingOf(labels) });
    made.push(learner);
    const layer = wideLayerOf(learner.model)!;
    const valuesNow = () => [...layer.getWeights()[1].dataSync()];
    const before = valuesNow();
    const place = { step: 0, totalSteps: 9, epochSteps: 9, history: [], examplesBefore: 0 };
    const losses: number[] = [];
    const tensors: number[] = [];
    for (let step = 0; step < 60; step++) {
      const result = await learner.learn(
        Int32Array.from(labels, (_, example) => example),
        { ...place, step },
      );
      losses.push(result.loss);
      tensors.push(memory().numTensors);
    }
    expect(losses[59]).toBeLessThan(losses[0] - 0.1);
    // The first step makes what the optimizer remembers.
    expect(tensors[59]).toBe(tensors[0]);
    expect(valuesNow()).toEqual(before);
    expect(
      layer
        .getWeights()[0]
        .dataSync()
        .some((weight) => weight !== 0),
    ).toBe(true);
    const snapshot = learner.snapshot();
    const kept = snapshot.weights.map(({ tensor }) => [...tensor.dataSync()]);
    disposeSnapshot(snapshot);
    expect(kept).toContainEqual(before);
  });

  it('are refused where a task has no labels that an example has or has not', () => {
    const { exampleLoss: _none, ...task } = tinyTask();
    const model = buildModel(configOf('naiveBayes').model, { idCount, runIds, task, seed: 1 });
    made.push(model);
    expect(() => valueWideFeatures(model, trainingOf(goldenBags.labels), task)).toThrow(
      /naiveBayes, but task classification has no labels/,
    );
    const binary = buildModel(configOf('binary').model, { idCount, runIds, task, seed: 1 });
    made.push(binary);
    expect(() => valueWideFeatures(binary, trainingOf(goldenBags.labels), task)).not.toThrow();
  });
});
