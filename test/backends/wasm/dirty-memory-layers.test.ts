import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { mergeModes } from '../../../src/backends/fused-kernels.js';
import { attend } from '../../../src/layers/attend.js';
import { convolve } from '../../../src/layers/convolve.js';
import { LayerNormalization } from '../../../src/layers/layer-normalization.js';
import { mergeDirections } from '../../../src/layers/merge-directions.js';
import { poolSequences } from '../../../src/layers/pool-sequences.js';
import { registerLayers } from '../../../src/layers/register.js';
import { scaleSequences } from '../../../src/layers/scale-sequences.js';
import { backendVariants, hasOurKernels, useVariant } from '../backend-variants.js';
import { randomIntegers, randomNumbers } from '../random-numbers.js';
import { expectTheSame } from './dirty-memory.js';

registerLayers();

const [batch, time] = [7, 6];

/** Expects output and gradients to be the same whatever memory held before; inputs of these shapes. */
function expectClean(shapes: number[][], run: (inputs: tf.Tensor[], mask: tf.Tensor) => tf.Tensor): void {
  expectTheSame(() =>
    tf.tidy(() => {
      const inputs = shapes.map((shape, i) => {
        return tf.tensor(randomNumbers(tf.util.sizeFromShape(shape), { seed: i + 1 }), shape);
      });
      const kept = randomIntegers(batch * time, { to: 2, seed: 9 });
      // A row without any token.
      kept.fill(0, time, 2 * time);
      const mask = tf.tensor2d(kept, [batch, time], 'int32');
      const operation = (...values: tf.Tensor[]) => run(values, mask);
      const output = operation(...inputs);
      const cotangent = tf.tensor(randomNumbers(output.size, { seed: 8 }), output.shape);
      const gradients = tf.grads(operation)(inputs, cotangent);
      return [output, ...gradients].map((tensor) => Array.from(tensor.dataSync()));
    }),
  );
}

describe.each(backendVariants.filter(hasOurKernels))('memory that was used before, on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  // Features that are a multiple of four, on which the kernels work at a time, and others.
  describe.each([4, 5, 11])('with %i features', (features) => {
    const sequences = [batch, time, features];

    it.each(mergeModes)('never shows in two directions: %s', (mode) => {
      expectClean([sequences, sequences], ([one, other], mask) =>
        mergeDirections(one, other, { mode, mask }),
      );
    });

    it.each(['mean', 'max', 'lastMaxMean'] as const)('never shows in a pooling: %s', (parts) => {
      expectClean([sequences], ([x], mask) => poolSequences(x, { parts, mask }));
    });

    it('never shows in attention', () => {
      expectClean([sequences, [features, 6], [6], [6, 1]], ([x, kernel, bias, context], mask) =>
        attend(x, { kernel, bias, context }, mask),
      );
    });

    it('never shows in scaled sequences and in sums', () => {
      const scale = randomNumbers(batch * features, { seed: 5 });
      expectClean([sequences, sequences], ([x, y]) =>
        tf.add(scaleSequences(x as tf.Tensor3D, tf.tensor2d(scale, [batch, features])), y),
      );
    });

    it('never shows in a layer normalization', () => {
      const layer = new LayerNormalization();
      layer.build(sequences);
      expectClean([sequences], ([x]) => layer.call(x, {}) as tf.Tensor);
      for (const weight of layer.weights) weight.dispose();
    });

    it.each(['valid', 'same', 'causal'] as const)('never shows in a convolution: %s', (padding) => {
      for (const size of [2, 3, 8]) {
        expectClean([sequences, [size, features, 5], [5]], ([x, kernel, bias], mask) =>
          convolve(x, { kernel, bias, mask, padding, relu: true }),
        );
      }
    });
  });
});
