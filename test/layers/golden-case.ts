import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import type { GoldenTensor, RecurrentCase, RecurrentGolden } from '../golden/read-golden.js';
import { expectClose } from './expect-close.js';

export const tensorOf = (golden: GoldenTensor) => tf.tensor(golden.values, golden.shape, golden.dtype);

/**
 * Compares a recurrent layer, in one direction or two, with a case of Keras: output, final states, and all gradients.
 *
 * @param layer not built yet, with `returnState`
 * @param options.compared what the output is multiplied by before it is compared: 0 where Keras and TF.js differ
 */
export function expectGoldenCase(
  layer: layers.Layer,
  options: { file: RecurrentGolden; golden: RecurrentCase; compared: tf.Tensor },
): void {
  const { file, golden, compared } = options;
  layer.build(file.input.shape);
  layer.setWeights(Object.values(file.weights).map(tensorOf));
  const mask = golden.mask ? tf.cast(tensorOf(golden.mask), 'bool') : undefined;
  const run = (x: tf.Tensor, initialState: tf.Tensor[]) => {
    const kwargs = { mask, initialState: initialState.length ? initialState : undefined };
    const [output, ...states] = layer.call(x, kwargs) as tf.Tensor[];
    return [tf.mul(output, compared), ...states];
  };

  const x = tensorOf(file.input);
  const states = golden.initialStates.map(tensorOf);
  const [output, ...finalStates] = run(x, states);
  expect(finalStates).toHaveLength(golden.finalStates.length);
  finalStates.forEach((state, i) => {
    expectClose(state, golden.finalStates[i], 2e-6);
  });
  expectClose(output, golden.output, 2e-6);
  const cotangent = tensorOf(golden.outputCotangent);

  const weights = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const loss = (input: tf.Tensor, ...initial: tf.Tensor[]) => {
    const [values, ...ends] = run(input, initial);
    const parts = [tf.sum(tf.mul(values, cotangent))];
    golden.finalStateCotangents.forEach((stateCotangent, i) => {
      parts.push(tf.sum(tf.mul(ends[i], tensorOf(stateCotangent))));
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
}
