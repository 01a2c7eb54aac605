import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { padBatch } from '../../src/batches/pad-batch.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { encodedExamples, idCount, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

/** Models that drop something, of every form that a pass goes through: chains, graphs, windows. */
export const twoPassModels = {
  recurrent: {
    embedding: { units: 4, dropout: 0.2, wordDropout: 0.2 },
    layers: [
      { cell: 'gru', units: 4, bidirectional: 'concat', zoneout: 0.1, weightDropout: 0.2 },
      { cell: 'lstm', units: 3, recurrentDropout: 0.2, cellZoneout: 0.1 },
    ],
    dropout: 0.2,
  },
  residual: {
    embedding: { units: 4 },
    layers: [{ cell: 'gru', units: 4, residual: true, dropout: 0.1 }],
    pooling: 'attention',
  },
  conv1d: {
    type: 'conv1d',
    embedding: { units: 4, wordDropout: 0.2, ngrams: 2, ngramVectors: 9 },
    filters: 5,
    dropout: 0.2,
  },
};

export type TwoPassName = keyof typeof twoPassModels;
export const twoPassNames = Object.keys(twoPassModels) as TwoPassName[];

/** With weights that are always the same, and large enough for every gradient to be seen. */
export function twoPassModel(name: TwoPassName, labelCount: number): LayersModel {
  const { model } = fillConfig({ model: twoPassModels[name] }, 'test');
  const built = buildModel(model, { idCount, task: tinyTask(labelCount), seed: 3 });
  tf.tidy(() => {
    const numbers = (size: number, i: number) => randomNumbers(size, { seed: i + 1, scale: 0.7 });
    built.setWeights(built.getWeights().map(({ size, shape }, i) => tf.tensor(numbers(size, i), shape)));
  });
  return built;
}

/** Seven examples, some of which count more than others. */
export function twoPassBatch(labelCount: number) {
  const encoded = encodedExamples(tinyExamples(12, { labelCount }));
  const examples = Int32Array.of(3, 1, 4, 0, 5, 9, 2);
  const weights = Float32Array.from({ length: 12 }, (_, i) => 0.5 + (i % 3));
  return { batch: padBatch(encoded, examples), chosen: { targets: encoded.targets, examples, weights } };
}
