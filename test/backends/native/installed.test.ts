import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { findNative } from '../../../src/backends/native/find-native.js';
import { useNative } from '../../../src/backends/native/use-native.js';
import { useBackend } from '../../../src/backends/use-backend.js';
import { UserError } from '../../../src/errors/user-error.js';
import { GRU } from '../../../src/layers/gru.js';
import { registerLayers } from '../../../src/layers/register.js';
import { Adam } from '../../../src/optimizers/adam.js';
import { testBackend } from '../../../src/training/backend-self-test.js';
import { nativeIsInstalled } from '../backend-variants.js';

registerLayers();

describe('the tensorflow backend where nothing is installed', () => {
  it('is not found, and says how to install it', async () => {
    const folder = join(tmpdir(), 'imdb-rnn-no-installations');
    if (await findNative('cpu', { folder })) return; // tfjs-node is among this project's packages
    const refused = useNative('cpu', { folder });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining('TensorFlow is not installed'),
      hint: expect.stringContaining('imdb-rnn native install --cpu'),
    });
  });
});

describe.skipIf(!nativeIsInstalled)(
  'the tensorflow backend, and the shared suites on it (skipped: imdb-rnn native install --cpu was not run)',
  () => {
    it('is chosen by its name, and says which TensorFlow it is', async () => {
      const choice = await useBackend('tensorflow');
      expect(choice).toMatchObject({
        name: 'tensorflow',
        reason: expect.stringMatching(/^TensorFlow \d+\.\d+/),
      });
      expect(tf.getBackend()).toBe('tensorflow');
    });

    it('computes what a training needs, and leaves no tensor behind', () => {
      const before = tf.memory().numTensors;
      expect(testBackend).not.toThrow();
      expect(tf.memory().numTensors).toBe(before);
    });

    it('takes up no more of TensorFlow with each step of a training', () => {
      const layer = (returnSequences: boolean) =>
        new GRU({ units: 5, returnSequences, resetAfter: true, recurrentActivation: 'sigmoid' });
      const model = sequential();
      model.add(layers.embedding({ inputDim: 20, outputDim: 4, maskZero: true, inputShape: [null] }));
      model.add(layer(true) as never);
      model.add(layer(false) as never);
      model.add(layers.dense({ units: 1, activation: 'sigmoid' }));
      const optimizer = new Adam();
      const x = tf.tensor2d([1, 2, 3, 0, 4, 5, 0, 0], [2, 4], 'int32');
      const step = () => {
        const { grads, value } = tf.variableGrads(() =>
          tf.mean(model.apply(x, { training: true }) as tf.Tensor),
        );
        optimizer.applyGradients(grads);
        tf.dispose([value, ...Object.values(grads)]);
      };
      const { binding } = tf.backend() as unknown as { binding: { getNumOfTensors(): number } };
      for (let i = 0; i < 3; i++) tf.tidy(step);
      const [tensors, native] = [tf.memory().numTensors, binding.getNumOfTensors()];
      for (let i = 0; i < 50; i++) tf.tidy(step);
      expect([tf.memory().numTensors, binding.getNumOfTensors()]).toEqual([tensors, native]);
      model.dispose();
      optimizer.dispose();
    });

    it('cannot change its number of threads once it runs, and says so', async () => {
      await expect(useBackend('tensorflow', { threads: 3 })).rejects.toThrow(/cannot change to 3/);
    });
  },
);
