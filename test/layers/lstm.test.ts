import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { LSTM } from '../../src/layers/lstm.js';
import { describeGolden } from './golden-suite.js';

describeGolden('LSTM', (args) => new LSTM(args));

it("starts with an open forget gate where unitForgetBias is true, as Keras' layer does", () => {
  const layer = new LSTM({ units: 2, unitForgetBias: true });
  layer.build([1, 1, 3]);
  const bias = tf.tidy(() => Array.from(layer.getWeights()[2].dataSync()));
  // Gates i, f, c, o.
  expect(bias).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  for (const weight of layer.weights) weight.dispose();
});
