import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { GRU } from '../../src/layers/gru.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import {
  type GoldenTensor,
  goldenNames,
  type RecurrentCase,
  type RecurrentGolden,
  readGolden,
} from '../golden/read-golden.js';
import { expectClose } from './expect-close.js';

const tensorOf = (golden: GoldenTensor) => tf.tensor(golden.values, golden.shape, golden.dtype);

/** Keras puts zeros, TF.js the initial state, where a row with an initial state has not met a token yet; see golden/README.md. */
const tfjsDiffers = (golden: RecurrentCase) => golden.mask !== null && golden.initialStates.length > 0;

function makeLayer({ layer, input }: RecurrentGolden, golden: RecurrentCase): GRU {
  const gru = new GRU({
    units: layer.units,
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    resetAfter: layer.resetAfter,
    returnSequences: golden.returnSequences,
    goBackwards: golden.goBackwards,
    returnState: true,
  });
  gru.build(input.shape);
  return gru;
}

registerLayers();

describe.each(backendVariants)('GRU on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  for (const name of goldenNames('recurrent').filter((name) => name.startsWith('gru-'))) {
    const file = readGolden('recurrent', name);
    for (const golden of file.cases) {
      it(`gives Keras' output, state and gradients: ${name}, ${golden.name}`, () => {
        tf.tidy(() => {
          const layer = makeLayer(file, golden);
          layer.setWeights(Object.values(file.weights).map(tensorOf));
          const mask = golden.mask ? tf.cast(tensorOf(golden.mask), 'bool') : undefined;
          const run = (x: tf.Tensor, initialState?: tf.Tensor[]) =>
            layer.call(x, {
              mask,
              initialState: initialState?.length ? initialState : undefined,
            }) as tf.Tensor[];

          const x = tensorOf(file.input);
          const states = golden.initialStates.map(tensorOf);
          const [output, finalState] = run(x, states);
          expectClose(finalState, golden.finalStates[0], 2e-6);
          const cotangent = tensorOf(golden.outputCotangent);
          if (tfjsDiffers(golden)) return;
          expectClose(output, golden.output, 2e-6);

          const weights = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
          const loss = (input: tf.Tensor, ...initial: tf.Tensor[]) => {
            const [values, state] = run(input, initial);
            const parts = [tf.sum(tf.mul(values, cotangent))];
            for (const stateCotangent of golden.finalStateCotangents) {
              parts.push(tf.sum(tf.mul(state, tensorOf(stateCotangent))));
            }
            return tf.addN(parts) as tf.Scalar;
          };
          const [dInput, ...dStates] = tf.grads(loss)([x, ...states]);
          expectClose(dInput, golden.gradients.input, 1e-5);
          golden.gradients.initialStates.forEach((expected, i) => {
            expectClose(dStates[i], expected, 1e-5);
          });
          const { grads } = tf.variableGrads(() => loss(x, ...states), weights);
          Object.values(golden.gradients.weights).forEach((expected, i) => {
            expectClose(grads[weights[i].name], expected, 2e-5);
          });
        });
      });
    }
  }
});

describe('GRU', () => {
  it('has enough golden cases to mean something', () => {
    const names = goldenNames('recurrent').filter((name) => name.startsWith('gru-'));
    expect(names.length).toBeGreaterThanOrEqual(6);
  });
});
