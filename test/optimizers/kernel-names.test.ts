import type { Variable } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { isKernel } from '../../src/optimizers/kernel-names.js';
import { useVariant } from '../backends/backend-variants.js';
import { tinyTask } from '../training/tiny-task.js';

describe('kernels', () => {
  it('are all weights of our models but biases, normalizations and embeddings, however often a name comes', async () => {
    await useVariant({ title: 'cpu', name: 'cpu' });
    const layers = [
      { cell: 'gru', units: 4, bidirectional: 'concat', layerNormalization: true },
      { cell: 'lstm', units: 3 },
    ];
    const settings = { embedding: { units: 5 }, layers, pooling: 'attention' };
    const { model: config } = fillConfig({ model: settings }, 'test');
    const models = [1, 2].map((seed) => buildModel(config, { idCount: 10, task: tinyTask(), seed }));
    for (const model of models) {
      const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
      const kernels = model.trainableWeights.filter((_, i) => isKernel(variables[i]));
      expect(kernels.map(({ originalName }) => originalName)).toEqual([
        'gru_1/forward_gru_1_cell/kernel',
        'gru_1/forward_gru_1_cell/recurrent_kernel',
        'gru_1/backward_gru_1_cell/kernel',
        'gru_1/backward_gru_1_cell/recurrent_kernel',
        'lstm_2/kernel',
        'lstm_2/recurrent_kernel',
        'pooling/kernel',
        'pooling/context',
        'label/kernel',
      ]);
    }
    for (const model of models) model.dispose();
  });
});
