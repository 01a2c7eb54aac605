import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { GRU } from '../../src/layers/gru.js';
import { LSTM } from '../../src/layers/lstm.js';
import { registerLayers } from '../../src/layers/register.js';
import { SimpleRNN } from '../../src/layers/simple-rnn.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';
import { type RecurrentLayer, rightPadding } from './recurrent-case.js';

registerLayers();

const [batch, time, features, units] = [6, 5, 4, 7];
const mask = rightPadding([5, 2, 4, 0, 1, 5], time);
type Args = Parameters<typeof layers.lstm>[0];
const gated: Args = { units, activation: 'tanh', recurrentActivation: 'sigmoid' };

const kinds = {
  GRU: { ours: (args: Args): RecurrentLayer => new GRU(args), stock: layers.gru, gates: 3, usual: gated },
  LSTM: { ours: (args: Args): RecurrentLayer => new LSTM(args), stock: layers.lstm, gates: 4, usual: gated },
  SimpleRNN: {
    ours: (args: Args): RecurrentLayer => new SimpleRNN(args),
    stock: layers.simpleRNN,
    gates: 1,
    usual: { units, activation: 'tanh' } as Args,
  },
};

/** What a layer gives for the same weights and inputs whatever it is: its outputs, and the gradient of its kernel. */
function answersOf(layer: RecurrentLayer, gates: number, { training = false } = {}): Float32Array[] {
  layer.build([batch, time, features]);
  const columns = gates * units;
  const answers = tf.tidy(() => {
    const weights = [
      tf.tensor2d(randomNumbers(features * columns, { seed: 2 }), [features, columns]),
      tf.tensor2d(randomNumbers(units * columns, { seed: 3 }), [units, columns]),
      tf.tensor1d(randomNumbers(columns, { seed: 4 })),
    ];
    layer.setWeights(weights.slice(0, layer.weights.length));
    const x = tf.tensor3d(randomNumbers(batch * time * features), [batch, time, features]);
    const run = () => {
      const result = layer.call(x, { mask: tf.tensor2d(mask, [batch, time], 'bool'), training });
      return Array.isArray(result) ? result : [result];
    };
    const kernel = layer.weights[0].read() as tf.Variable;
    const { grads } = tf.variableGrads(() => {
      const parts = run().map((output, i) =>
        tf.sum(tf.mul(output, tf.tensor(randomNumbers(output.size, { seed: 5 + i }), output.shape))),
      );
      return tf.addN(parts) as tf.Scalar;
    }, [kernel]);
    return [...run(), grads[kernel.name]].map((tensor) => tensor.dataSync<'float32'>());
  });
  for (const weight of layer.weights) weight.dispose();
  return answers;
}

const options: Record<string, (usual: Args) => Args> = {
  'the last state': (usual) => usual,
  'all states': (usual) => ({ ...usual, returnSequences: true }),
  'all states, backwards': (usual) => ({ ...usual, returnSequences: true, goBackwards: true }),
  'output and states': (usual) => ({ ...usual, returnSequences: true, returnState: true }),
  'last output and states': (usual) => ({ ...usual, returnState: true }),
  'no bias': (usual) => ({ ...usual, useBias: false }),
  // Outside of the fused kernel:
  "TF.js' own activations": () => ({ units }),
  'another activation': (usual) => ({ ...usual, activation: 'elu', returnSequences: true }),
  'states that are kept': (usual) => ({ ...usual, stateful: true, batchInputShape: [batch, time, features] }),
};

describe.each(Object.entries(kinds))('%s', (className, { ours, stock, gates, usual }) => {
  let stockAnswers: Record<string, Float32Array[]>;
  const stockLayer = (args: Args) => stock(args as never) as unknown as RecurrentLayer;
  beforeAll(async () => {
    await useVariant(backendVariants[0]);
    stockAnswers = Object.fromEntries(
      Object.entries(options).map(([name, args]) => [name, answersOf(stockLayer(args(usual)), gates)]),
    );
  });

  describe.each(backendVariants)('on $title', (variant) => {
    beforeAll(() => useVariant(variant));

    it.each(Object.keys(options))("gives what TF.js' own layer gives on its own backend: %s", (name) => {
      const answers = answersOf(ours(options[name](usual)), gates);
      expect(answers).toHaveLength(stockAnswers[name].length);
      answers.forEach((values, i) => {
        expectValues(values, stockAnswers[name][i], 1e-5);
      });
    });

    it('drops while it trains, and only then', () => {
      for (const rates of [{ dropout: 0.5 }, { recurrentDropout: 0.5 }]) {
        const layer = () => ours({ ...usual, ...rates });
        const [plain] = answersOf(layer(), gates);
        expectValues(plain, stockAnswers['the last state'][0], 1e-5);
        expect(answersOf(layer(), gates, { training: true })[0]).not.toEqual(plain);
      }
    });

    it('takes the number of initial states that it has, and no other', () => {
      const layer = ours(usual);
      layer.build([batch, time, features]);
      tf.tidy(() => {
        const x = tf.zeros([batch, time, features]);
        const state = tf.zeros([batch, units]);
        const right = className === 'LSTM' ? [state, state] : [state];
        expect(layer.call(x, { initialState: right })).toMatchObject({ shape: [batch, units] });
        expect(() => layer.call(x, { initialState: [...right, state] })).toThrow(/state/);
      });
      for (const weight of layer.weights) weight.dispose();
    });
  });

  it('has the config and the weights of the stock layer, in the same order', () => {
    const args = { ...usual, name: 'one', dropout: 0.1, recurrentDropout: 0.2 };
    const [one, other] = [ours(args), stockLayer(args)];
    expect(one.getClassName()).toBe(className);
    expect(one.getConfig()).toEqual(other.getConfig());
    for (const layer of [one, other]) layer.build([null, time, features]);
    const shapes = (layer: RecurrentLayer) => layer.weights.map((weight) => weight.shape);
    expect(shapes(one)).toEqual(shapes(other));
  });
});

describe('GRU', () => {
  it('says in its config that the reset gate acts after, and has a second bias row then', () => {
    const layer = new GRU({ ...gated, resetAfter: true });
    expect(layer.getConfig()).toMatchObject({ resetAfter: true });
    layer.build([null, time, features]);
    expect(layer.weights.map((weight) => weight.shape)).toEqual([
      [features, 3 * units],
      [units, 3 * units],
      [2, 3 * units],
    ]);
  });
});
