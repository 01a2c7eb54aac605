import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { UserError } from '../../src/errors/user-error.js';
import { buildModel } from '../../src/model/build-model.js';
import { checkSize } from '../../src/model/check-size.js';
import { openTask } from '../../src/tasks/open-task.js';
import { useCpu } from '../runs/tiny-run.js';

const modelOf = (model: unknown, training: unknown = {}) =>
  fillConfig({ dataset: { name: 'sample' }, model, training }, 'test').model;
const gru = (units: number, more: object = {}) =>
  modelOf({ type: 'recurrent', embedding: { units: 4 }, layers: [{ cell: 'gru', units, ...more }] });

describe('the size of a model', () => {
  it.each([
    [gru(5, { resetAfter: false }), 10 * 4 + 3 * 5 * (4 + 5 + 1)],
    [gru(5, { resetAfter: false, bidirectional: 'concat' }), 10 * 4 + 2 * 3 * 5 * (4 + 5 + 1)],
    [
      modelOf({
        embedding: { units: 4 },
        layers: [
          { cell: 'lstm', units: 6, bidirectional: 'concat' },
          { cell: 'simpleRnn', units: 3 },
        ],
      }),
      10 * 4 + 2 * 4 * 6 * (4 + 6 + 1) + 3 * (12 + 3 + 1),
    ],
    [modelOf({ type: 'conv1d', embedding: { units: 4 }, filters: 7, kernelSize: 3 }), 10 * 4 + 7 * (12 + 1)],
    [
      modelOf({
        embedding: { units: 4, ngrams: 3, ngramVectors: 50 },
        layers: [{ cell: 'simpleRnn', units: 2 }],
      }),
      10 * 4 + 51 * 4 + 10 + 2 * 50 + 2 * (4 + 2 + 1),
      10 + 2 * 50,
    ],
    [
      modelOf(
        { type: 'averagedEmbedding', embedding: { units: 4 } },
        { optimizer: { name: 'fastText', learningRate: 0.1 } },
      ),
      10 * 4,
    ],
  ])(
    'is counted before it is made, and refused above the memory: %#',
    async (model, parameters, untrained = 0) => {
      const check = (memoryBytes: number) => () => checkSize(model, { idCount: 10, memoryBytes });
      expect(check(4 * parameters)).not.toThrow();
      expect(check(4 * parameters - 1)).toThrow(UserError);
      expect(check(4 * parameters - 1)).toThrow(`The model has ${parameters} parameters, `);
      const trained = { idCount: 10, trained: true };
      const withGradients = 4 * (2 * parameters - untrained - 10 * 4);
      expect(() => checkSize(model, { ...trained, memoryBytes: withGradients })).not.toThrow();
      expect(() => checkSize(model, { ...trained, memoryBytes: withGradients - 1 })).toThrow(
        'and their gradients',
      );
      await useCpu();
      const task = openTask('classification', ['no', 'yes']);
      const built = buildModel(model, { idCount: 10, task, seed: 1 });
      const head = built.layers.at(-1)!.countParams();
      expect(built.countParams() - head).toBe(parameters);
      built.dispose();
    },
  );

  it('counts the weights of a wide part for all features and columns, and vectors for tokens alone', async () => {
    await useCpu();
    const task = openTask('classification', ['a', 'b', 'c']);
    const runIds = { first: 40, end: 90 };
    for (const weighting of ['binary', 'naiveBayes']) {
      const wide = modelOf({
        embedding: { units: 4 },
        layers: [{ cell: 'gru', units: 5 }],
        wide: { weighting },
      });
      const built = buildModel(wide, { idCount: 100, runIds, task, seed: 1 });
      const label = 5 * 3 + 3;
      // A GRU whose reset gate acts after the product has a second bias, which is not counted.
      const parameters = built.countParams() - label - 3 * 5;
      const vectors = 50 * 4;
      const trainable = built.trainableWeights.reduce(
        (sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]),
        0,
      );
      built.dispose();
      const check = (memoryBytes: number, trained: boolean) => () =>
        checkSize(wide, { ...{ idCount: 100, runIds, task, trained }, memoryBytes });
      expect(check(4 * parameters, false)).not.toThrow();
      expect(check(4 * parameters - 1, false)).toThrow(`The model has ${parameters} parameters, `);
      const gradients = trainable - label - 3 * 5 - vectors;
      expect(check(4 * (parameters + gradients), true)).not.toThrow();
      expect(check(4 * (parameters + gradients) - 1, true)).toThrow('are in model.wide.');
    }
  });

  it('names the largest part, and what to lower', () => {
    const refused = (model: ReturnType<typeof modelOf>, idCount: number) => {
      try {
        checkSize(model, { idCount, memoryBytes: 1e9 });
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(refused(gru(1_000_000), 10)).toMatchObject({
      message:
        'The model has 3,000,015,000,040 parameters, 12.0 TB of weights; there are 1.0 GB of memory for it. Most of them, 3,000,015,000,000, are in model.layers[0].',
      hint: 'Lower model.layers[0].units.',
    });
    expect(refused(gru(4), 100_000_000)).toMatchObject({
      hint: expect.stringMatching(/^Lower model\.embedding\.units, text\.vocabularySize/),
    });
    expect(refused(gru(128), 10_000)).toBeUndefined();
  });

  it('is refused at once where it could never be made', async () => {
    await useCpu();
    const task = openTask('classification', ['no', 'yes']);
    expect(() => buildModel(gru(1_000_000), { idCount: 10, task, seed: 1 })).toThrow(/Lower|parameters/);
  });
});
