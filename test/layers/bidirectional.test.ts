import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { RNN } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { Bidirectional } from '../../src/layers/bidirectional.js';
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

registerLayers();

const tensorOf = (golden: GoldenTensor) => tf.tensor(golden.values, golden.shape, golden.dtype);

/** The recurrent layer of a golden file, built by the class that TF.js knows by its name now. */
function recurrentLayer({ layer }: RecurrentGolden, golden: RecurrentCase): RNN {
  const { className, units, activation, recurrentActivation, resetAfter } = layer;
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const [Layer] = classNameMap[className] as unknown as [new (args: object) => RNN];
  return new Layer({
    ...{ units, activation, recurrentActivation, resetAfter },
    returnSequences: golden.returnSequences,
    goBackwards: golden.goBackwards,
    returnState: true,
  });
}

const stockClasses = {
  GRU: layers.gru({ units: 1 }).constructor,
  LSTM: layers.lstm({ units: 1 }).constructor,
  SimpleRNN: layers.simpleRNN({ units: 1 }).constructor,
};

/** Whether TF.js builds our layer by that name: stock ones differ from Keras at masked steps. */
const isOurs = ({ layer: { className } }: RecurrentGolden) =>
  tf.serialization.SerializationMap.getMap().classNameMap[className][0] !==
  (stockClasses[className] as unknown);

/**
 * Without returnSequences and with an initial state, Keras gives a row without any token the output zero, TF.js the
 * initial state; see golden/README.md. Such rows are left out: their cotangent becomes zero, and so does their output.
 */
function tokenRows(golden: RecurrentCase): tf.Tensor | undefined {
  if (!golden.mask || golden.returnSequences || golden.initialStates.length === 0) return undefined;
  return tf.cast(tf.any(tf.cast(tensorOf(golden.mask), 'bool'), 1, true), 'float32');
}

describe.each(backendVariants)('Bidirectional on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  for (const name of goldenNames('recurrent').filter((name) => name.startsWith('bidirectional-'))) {
    const file = readGolden('recurrent', name);
    const ours = isOurs(file);
    const title = ours
      ? "gives Keras' output"
      : `(skipped: there is no ${file.layer.className} of ours) gives Keras' output`;
    for (const golden of file.cases) {
      it.skipIf(!ours)(`${title}, states and gradients: ${name}, ${golden.name}`, () => {
        tf.tidy(() => {
          const layer = new Bidirectional({
            layer: recurrentLayer(file, golden),
            mergeMode: golden.mergeMode,
          });
          layer.build(file.input.shape);
          layer.setWeights(Object.values(file.weights).map(tensorOf));
          const mask = golden.mask ? tf.cast(tensorOf(golden.mask), 'bool') : undefined;
          const rows = tokenRows(golden);
          const run = (x: tf.Tensor, initial: tf.Tensor[]) => {
            const initialState = initial.length > 0 ? initial : undefined;
            const [output, ...states] = layer.call(x, { mask, initialState }) as tf.Tensor[];
            return [rows ? tf.mul(output, rows) : output, ...states];
          };

          const x = tensorOf(file.input);
          const states = golden.initialStates.map(tensorOf);
          const [output, ...finalStates] = run(x, states);
          expectClose(output, golden.output, 2e-6);
          expect(finalStates).toHaveLength(golden.finalStates.length);
          golden.finalStates.forEach((expected, i) => {
            expectClose(finalStates[i], expected, 2e-6);
          });

          const weights = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
          const loss = (input: tf.Tensor, ...initial: tf.Tensor[]) => {
            const [values, ...final] = run(input, initial);
            const parts = [tf.sum(tf.mul(values, tensorOf(golden.outputCotangent)))];
            golden.finalStateCotangents.forEach((cotangent, i) => {
              parts.push(tf.sum(tf.mul(final[i], tensorOf(cotangent))));
            });
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

describe('Bidirectional', () => {
  it('has golden cases of two directions', () => {
    const names = goldenNames('recurrent').filter((name) => name.startsWith('bidirectional-'));
    expect(names).toHaveLength(4);
    for (const name of names) {
      expect(Object.keys(readGolden('recurrent', name).weights)).toHaveLength(6);
    }
  });
});
