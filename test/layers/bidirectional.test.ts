import * as tf from '@tensorflow/tfjs-core';
import type { RNN } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { Bidirectional } from '../../src/layers/bidirectional.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { goldenNames, type RecurrentCase, type RecurrentGolden, readGolden } from '../golden/read-golden.js';
import { expectGoldenCase, tensorOf } from './golden-case.js';

registerLayers();

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

/**
 * Without returnSequences and with an initial state, Keras gives a row without any token the output zero, TF.js the
 * initial state; see golden/README.md. Such rows are left out: their cotangent becomes zero, and so does their output.
 */
function tokenRows(golden: RecurrentCase): tf.Tensor {
  if (!golden.mask || golden.returnSequences || golden.initialStates.length === 0) return tf.scalar(1);
  return tf.cast(tf.any(tf.cast(tensorOf(golden.mask), 'bool'), 1, true), 'float32');
}

describe.each(backendVariants)('Bidirectional on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  for (const name of goldenNames('recurrent').filter((name) => name.startsWith('bidirectional-'))) {
    const file = readGolden('recurrent', name);
    for (const golden of file.cases) {
      it(`gives Keras' output, states and gradients: ${name}, ${golden.name}`, () => {
        tf.tidy(() => {
          const layer = new Bidirectional({
            layer: recurrentLayer(file, golden),
            mergeMode: golden.mergeMode,
          });
          expectGoldenCase(layer, { file, golden, compared: tokenRows(golden) });
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
