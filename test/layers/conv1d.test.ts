import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MaskedConv1D } from '../../src/layers/conv1d.js';
import { convolve, paddingOf } from '../../src/layers/convolve.js';
import { MaskedMaxPooling1D } from '../../src/layers/global-pooling.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomIntegers, randomNumbers } from '../backends/random-numbers.js';
import { readLayerGolden } from '../golden/read-golden.js';
import { expectValues } from './expect-values.js';
import { expectGoldenLayer } from './golden-layer.js';

registerLayers();

const paddings = ['valid', 'same', 'causal'] as const;
type Name = 'x' | 'kernel' | 'bias';
const names: Name[] = ['x', 'kernel', 'bias'];
interface Case {
  sizes: { batch: number; time: number; features: number; filters: number; size: number };
  padding: (typeof paddings)[number];
  values: Record<Name, Float32Array>;
  mask?: Int32Array;
}

/** The sums before any activation in float64, [batch, steps, filters]. */
function reference(
  { sizes, padding, mask }: Case,
  { x, kernel, bias }: Record<Name, ArrayLike<number>>,
): Float64Array {
  const { batch, time, features, filters, size } = sizes;
  const { before, after } = paddingOf(padding, size, time);
  const steps = before + time + after - size + 1;
  const output = new Float64Array(batch * steps * filters);
  for (let at = 0; at < output.length; at++) {
    const [filter, step] = [at % filters, Math.floor(at / filters) % steps];
    const row = Math.floor(at / filters / steps);
    output[at] = bias[filter];
    for (let k = 0; k < size; k++) {
      const t = step + k - before;
      if (t < 0 || t >= time || (mask && !mask[row * time + t])) continue;
      for (let i = 0; i < features; i++) {
        output[at] += x[(row * time + t) * features + i] * kernel[(k * features + i) * filters + filter];
      }
    }
  }
  return output;
}

const size = (max: number) => fc.integer({ min: 1, max });
const anyCase: fc.Arbitrary<Case> = fc
  .tuple(
    fc.record({ batch: size(5), time: size(8), features: size(9), filters: size(11), size: size(4) }),
    fc.constantFrom(...paddings),
    fc.boolean(),
    fc.nat(1_000),
  )
  .map(([sizes, padding, masked, seed]) => {
    const { batch, time, features, filters, size } = sizes;
    return {
      sizes,
      padding,
      values: {
        x: randomNumbers(batch * time * features, { seed }),
        kernel: randomNumbers(size * features * filters, { seed: seed + 1 }),
        bias: randomNumbers(filters, { seed: seed + 2 }),
      },
      mask: masked ? randomIntegers(batch * time, { to: 2, seed: seed + 3 }) : undefined,
    };
  });

function tensorsOf({ sizes, values, mask }: Case) {
  const { batch, time, features, filters, size } = sizes;
  return {
    x: tf.tensor3d(values.x, [batch, time, features]),
    kernel: tf.tensor3d(values.kernel, [size, features, filters]),
    bias: tf.tensor1d(values.bias),
    mask: mask && tf.tensor2d(mask, [batch, time], 'int32'),
  };
}

describe.each(backendVariants)('MaskedConv1D on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(readLayerGolden('conv1d').cases)(
    "gives Keras' output and gradients: $name",
    ({ options, ...golden }) => {
      expectGoldenLayer(new MaskedConv1D(options), { options, ...golden });
    },
  );

  it('computes what float64 does, forward and backward, whatever its shape, padding and mask', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        tf.tidy(() => {
          const { x, kernel, bias, mask } = tensorsOf(one);
          const expected = reference(one, one.values);
          const run = (values: tf.Tensor, weights: tf.Tensor, offset: tf.Tensor) =>
            convolve(values, { kernel: weights, bias: offset, mask, padding: one.padding, relu: false });
          const output = run(x, kernel, bias);
          // Sums of up to 37 products of numbers below 1.
          expectValues(output.dataSync(), expected, 37 * 37 * 2 ** -24);
          const cotangent = randomNumbers(expected.length, { seed: 9 });
          const gradients = tf.grads(run as never)([x, kernel, bias], tf.tensor(cotangent, output.shape));
          names.forEach((name, i) => {
            const direction = randomNumbers(one.values[name].length, { seed: 77 });
            const loss = (by: number) => {
              const moved = Float64Array.from(one.values[name], (value, j) => value + by * direction[j]);
              return reference(one, { ...one.values, [name]: moved }).reduce(
                (sum, value, j) => sum + value * cotangent[j],
                0,
              );
            };
            let [slope, sum] = [0, 0];
            gradients[i].dataSync().forEach((gradient, j) => {
              slope += gradient * direction[j];
              sum += Math.abs(gradient * direction[j]);
            });
            expectValues([slope], [(loss(1e-4) - loss(-1e-4)) / 2e-4], 5e-6 * (1 + sum));
          });
        });
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the positive part, and lets gradients through only there', () => {
    const [one] = fc.sample(anyCase, { seed: 3, numRuns: 1 });
    tf.tidy(() => {
      const { x, kernel, bias, mask } = tensorsOf(one);
      const run = (relu: boolean) => (values: tf.Tensor) =>
        convolve(values, { kernel, bias, mask, padding: one.padding, relu });
      const sums = run(false)(x);
      const cut = run(true)(x);
      expect(cut.dataSync()).toEqual(sums.dataSync().map((value) => Math.max(0, value)));
      const cotangent = tf.onesLike(sums);
      const positive = tf.cast(tf.greater(sums, 0), 'float32');
      const expected = tf.grad(run(false))(x, tf.mul(cotangent, positive)).dataSync();
      expectValues(tf.grad(run(true))(x, cotangent).dataSync(), expected, 1e-6);
    });
  });

  it("is the stock layer's result without a mask, with windows of several sizes shared among threads", () => {
    tf.tidy(() => {
      const x = tf.tensor3d(randomNumbers(6 * 40 * 30), [6, 40, 30]);
      for (const padding of ['valid', 'same'] as const) {
        const args = { filters: 37, kernelSize: 5, padding, activation: 'relu' } as const;
        const weights = [
          tf.tensor3d(randomNumbers(5 * 30 * 37, { seed: 2 }), [5, 30, 37]),
          tf.tensor1d(randomNumbers(37, { seed: 3 })),
        ];
        const [ours, stock] = [new MaskedConv1D(args), layers.conv1d(args)].map((layer) => {
          layer.build(x.shape);
          layer.setWeights(weights);
          const output = layer.call(x, {}) as tf.Tensor;
          expect(output.shape).toEqual(layer.computeOutputShape(x.shape));
          for (const weight of layer.weights) weight.dispose();
          return output.dataSync();
        });
        expectValues(ours, stock, 1e-5);
      }
    });
  });

  it('gives every example the same maximum with padding as without, and shorter ones than a window, too', () => {
    const model = sequential({
      layers: [
        layers.embedding({ inputDim: 20, outputDim: 4, maskZero: true, inputShape: [null] as never }),
        new MaskedConv1D({ filters: 6, kernelSize: 3, activation: 'relu', biasInitializer: 'ones' }) as never,
        new MaskedMaxPooling1D() as never,
      ],
    });
    const answer = (rows: number[][]) =>
      tf.tidy(() => (model.predict(tf.tensor2d(rows, undefined, 'int32')) as tf.Tensor).dataSync());
    for (const ids of [[5], [6, 7], [3, 9, 4], [8, 2, 11, 14, 5]]) {
      const alone = answer([ids]);
      const padded = [...ids, 0, 0, 0, 0, 0, 0];
      const together = answer([padded, padded.map(() => 0), padded.map((_, i) => i + 1)]);
      expectValues(together.slice(0, 6), alone, 1e-6);
      expectValues(together.slice(6, 12), [0, 0, 0, 0, 0, 0], 0);
      expect(Math.max(...alone)).toBeGreaterThan(0);
    }
    model.dispose();
  });

  it('leaves no tensor behind', () => {
    const layer = new MaskedConv1D({ filters: 4, kernelSize: 2, activation: 'relu' });
    layer.build([3, 5, 6]);
    const x = tf.tensor3d(randomNumbers(90), [3, 5, 6]);
    const mask = tf.ones([3, 5], 'bool');
    const before = tf.memory().numTensors;
    (layer.call(x, { mask }) as tf.Tensor).dispose();
    const { value, grads } = tf.variableGrads(
      () => tf.sum(layer.call(x, { mask }) as tf.Tensor) as tf.Scalar,
    );
    tf.dispose([value, ...Object.values(grads)]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x, mask, ...layer.weights.map((weight) => weight.read())]);
  });
});

describe('MaskedConv1D', () => {
  beforeAll(() => useVariant(backendVariants[0]));

  it('has the config of the stock layer, and a name of its own', () => {
    const args = { filters: 4, kernelSize: 3, padding: 'same', activation: 'relu', name: 'one' } as const;
    const [ours, stock] = [new MaskedConv1D(args), layers.conv1d(args)];
    expect(ours.getClassName()).toBe(`Masked${stock.getClassName()}`);
    expect(ours.getConfig()).toEqual(stock.getConfig());
  });

  it('does what the stock layer does with strides and dilation', () => {
    tf.tidy(() => {
      const x = tf.tensor3d(randomNumbers(3 * 12 * 5), [3, 12, 5]);
      for (const more of [{ strides: 2 }, { dilationRate: 2 }]) {
        const args = { filters: 4, kernelSize: 3, kernelInitializer: 'ones', ...more } as const;
        const [ours, stock] = [new MaskedConv1D(args), layers.conv1d(args)].map(
          (layer) => layer.apply(x) as tf.Tensor,
        );
        expect(ours.shape).toEqual(stock.shape);
        expect(ours.dataSync()).toEqual(stock.dataSync());
      }
    });
  });
});
