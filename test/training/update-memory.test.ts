import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { WasmBackend } from '../../src/backends/wasm/wasm-backend.js';
import { Random } from '../../src/random/random.js';
import { createLearner } from '../../src/training/create-learner.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { encodedExamples, idCount, learningConfig, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

const variants = backendVariants.filter(({ title }) => title.includes('relaxed'));
const training = encodedExamples(tinyExamples(40));
const all = {
  clip: { norm: 0.1 },
  l2: { factor: 0.01, weights: 'all' },
  maxNorm: 1,
  average: { name: 'exponential' },
};
const optimizers = ['adam', 'adamw', 'nadam', 'sgd', 'rmsprop', 'adagrad', 'adadelta', 'lamb'];
const settings: [string, object][] = [
  ...optimizers.map((name): [string, object] => [`${name}, all in one`, { ...all, optimizer: { name } }]),
  ['batches of which several make a step', { ...all, batchSize: 4, accumulate: 3 }],
  ['plain means and cut elements', { clip: { value: 0.01 }, average: { name: 'stochastic', from: 0 } }],
];

const used = () => {
  const { heapBytes, heapUsedBytes } = (tf.backend() as WasmBackend).memory();
  return { tensors: tf.memory().numTensors, heapBytes, heapUsedBytes };
};

describe.each(variants)('memory on $title', (variant) => {
  it.each(settings)('does not grow over steps, nor stays behind: %s', async (_name, trained) => {
    await useVariant(variant);
    const empty = used();
    const config = learningConfig(trained);
    const learner = await createLearner({ config, task: tinyTask(), training, idCount });
    const random = new Random('shuffle');
    let step = 0;
    const epoch = async () => {
      for (const portion of learner.portions(random)) {
        const place = { step: step++, totalSteps: 1_000, epochSteps: 8, history: [], examplesBefore: 0 };
        const { loss, gradientNorm } = await learner.learn(portion, place);
        expect(Number.isFinite(loss)).toBe(true);
        const isTold = 'norm' in (trained as { clip: object }).clip;
        expect(gradientNorm === undefined).toBe(!isTold);
        if (isTold) expect(gradientNorm).toBeGreaterThan(0);
      }
      learner.fillModel();
    };
    for (let turn = 0; turn < 3; turn++) await epoch();
    const before = used();
    for (let turn = 0; turn < 20; turn++) await epoch();
    expect(used()).toEqual(before);
    learner.dispose();
    expect(used()).toEqual({ ...empty, heapBytes: before.heapBytes });
  });
});
