import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { GoldenTensor, LayerCase } from '../golden/read-golden.js';
import { expectClose } from './expect-close.js';

const tensorOf = ({ values, shape, dtype }: GoldenTensor) => tf.tensor(values, shape, dtype);

/** Some tens of roundings, each relative to the size of what is rounded. */
const tolerance = ({ values }: GoldenTensor) =>
  3e-6 * Math.max(1, ...Array.from(values, (value) => Math.abs(value)));

/** Expects a layer without states to give a golden case's output and gradients on the current backend. */
export function expectGoldenLayer(
  layer: Pick<layers.Layer, 'build' | 'setWeights' | 'call' | 'trainableWeights'>,
  golden: LayerCase<unknown>,
): void {
  layer.build(golden.input.shape);
  tf.tidy(() => {
    layer.setWeights(Object.values(golden.weights).map(tensorOf));
    const x = tensorOf(golden.input);
    const run = (values: tf.Tensor) => layer.call(values, {}) as tf.Tensor;
    expectClose(run(x), golden.output, tolerance(golden.output));
    const cotangent = tensorOf(golden.cotangent);
    expectClose(tf.grad(run)(x, cotangent), golden.gradients.input, tolerance(golden.gradients.input));
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    if (variables.length > 0) {
      const { grads } = tf.variableGrads(() => tf.sum(tf.mul(run(x), cotangent)) as tf.Scalar, variables);
      Object.values(golden.gradients.weights).forEach((expected, i) => {
        expectClose(grads[variables[i].name], expected, tolerance(expected));
      });
    }
    for (const variable of variables) variable.dispose();
  });
}
