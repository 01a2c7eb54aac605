import * as tf from '@tensorflow/tfjs-core';
import type { RNN } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WasmBackend } from '../../../src/backends/wasm/wasm-backend.js';
import { Bidirectional } from '../../../src/layers/bidirectional.js';
import { GRU } from '../../../src/layers/gru.js';
import { registerLayers } from '../../../src/layers/register.js';
import { expectValues } from '../../layers/expect-values.js';
import { backendVariants, hasOurKernels, useVariant } from '../backend-variants.js';
import { randomIntegers, randomNumbers } from '../random-numbers.js';

registerLayers();

const [batch, time, features, units, rows] = [5, 6, 4, 3, 9];
const ids = randomIntegers(batch * time, { to: rows, seed: 1 });

/** Gradients, by table and by looked-up rows, of a layer of two directions behind an embedding. */
function gradients(): { table: Float32Array; rows: Float32Array } {
  const gru = new GRU({ units, activation: 'tanh', recurrentActivation: 'sigmoid', returnSequences: true });
  const layer = new Bidirectional({ layer: gru as unknown as RNN });
  layer.build([batch, time, features]);
  const table = tf.tidy(() =>
    tf.variable(tf.tensor2d(randomNumbers(rows * features, { seed: 2 }), [rows, features])),
  );
  const answers = tf.tidy(() => {
    layer.setWeights(
      layer.trainableWeights.map(({ shape }, i) => {
        const size = tf.util.sizeFromShape(shape as number[]);
        return tf.tensor(randomNumbers(size, { seed: 10 + i }), shape as number[]);
      }),
    );
    const looked = () =>
      tf.reshape(tf.gather(table, tf.tensor1d(ids, 'int32')), [batch, time, features]) as tf.Tensor;
    const loss = (x: tf.Tensor) => {
      const output = layer.call(x, {}) as tf.Tensor;
      return tf.sum(
        tf.mul(output, tf.tensor(randomNumbers(output.size, { seed: 3 }), output.shape)),
      ) as tf.Scalar;
    };
    const { grads } = tf.variableGrads(() => loss(looked()), [table]);
    return {
      table: grads[table.name].dataSync<'float32'>(),
      rows: tf.grad(loss)(looked()).dataSync<'float32'>(),
    };
  });
  tf.dispose([table, ...layer.trainableWeights.map((weight) => weight.read())]);
  return answers;
}

let expected: ReturnType<typeof gradients>;
beforeAll(async () => {
  await useVariant(backendVariants[0]);
  expected = gradients();
});

describe.each(backendVariants.filter(hasOurKernels))(
  'the sum of two gradients of looked-up rows on $title',
  (variant) => {
    beforeAll(() => useVariant(variant));

    it('is right by id, and step by step where somebody reads it', () => {
      const answers = gradients();
      expectValues(answers.table, expected.table, 1e-5);
      expectValues(answers.rows, expected.rows, 1e-5);
    });

    it('gives its memory back', () => {
      const { heap } = (tf.backend() as WasmBackend).runtime;
      gradients();
      const [bytes, tensors] = [heap.usedBytes, tf.memory().numTensors];
      gradients();
      expect(heap.usedBytes).toBe(bytes);
      expect(tf.memory().numTensors).toBe(tensors);
    });
  },
);
