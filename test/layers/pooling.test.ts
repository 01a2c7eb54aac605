import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PoolingParts } from '../../src/backends/fused-kernels.js';
import { MaskedAveragePooling1D, MaskedMaxPooling1D } from '../../src/layers/global-pooling.js';
import { LastMaxMeanPooling } from '../../src/layers/last-max-mean-pooling.js';
import { poolSequences } from '../../src/layers/pool-sequences.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomIntegers, randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';

registerLayers();

interface Case {
  sizes: [batch: number, time: number, features: number];
  x: Float32Array;
  mask?: Int32Array;
  cotangent: Float32Array;
}

/** Output and gradient by x in float64. */
function reference({ sizes, x, mask, cotangent }: Case, parts: PoolingParts) {
  const [batch, time, features] = sizes;
  const width = (parts === 'lastMaxMean' ? 3 : 1) * features;
  const output = new Float64Array(batch * width);
  const gradient = new Float64Array(x.length);
  const wanted = parts === 'lastMaxMean' ? ['last', 'max', 'mean'] : [parts];
  for (let row = 0; row < batch; row++) {
    const steps = Array.from({ length: time }, (_, t) => t).filter((t) => !mask || mask[row * time + t]);
    if (steps.length === 0) continue;
    for (let feature = 0; feature < features; feature++) {
      const at = (t: number) => (row * time + t) * features + feature;
      wanted.forEach((part, i) => {
        const to = row * width + i * features + feature;
        const largest = steps.reduce((best, t) => (x[at(t)] > x[at(best)] ? t : best));
        const from = part === 'mean' ? steps : [part === 'max' ? largest : steps.at(-1)!];
        for (const t of from) {
          output[to] += x[at(t)] / from.length;
          gradient[at(t)] += cotangent[to] / from.length;
        }
      });
    }
  }
  return { output, gradient };
}

const size = (max: number) => fc.integer({ min: 1, max });
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    sizes: fc.tuple(size(6), size(7), size(11)),
    masked: fc.boolean(),
    ties: fc.boolean(),
    seed: fc.nat(1_000),
  })
  .map(({ sizes, masked, ties, seed }) => {
    const [batch, time, features] = sizes;
    const count = batch * time * features;
    return {
      sizes,
      x: ties
        ? Float32Array.from(randomIntegers(count, { from: -1, to: 2, seed }))
        : randomNumbers(count, { seed }),
      mask: masked ? randomIntegers(batch * time, { to: 2, seed }) : undefined,
      cotangent: randomNumbers(3 * batch * features, { seed: seed + 1 }),
    };
  });

const allParts: PoolingParts[] = ['mean', 'max', 'lastMaxMean'];

describe.each(backendVariants)('poolSequences on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(allParts)('gives what a plain loop gives, and its gradient: %s', (parts) => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('bool', 'int32', 'float32'), (one, dtype) => {
        const { output, gradient } = reference(one, parts);
        tf.tidy(() => {
          const [batch, time] = one.sizes;
          const x = tf.tensor3d(one.x, one.sizes);
          const mask = one.mask && tf.cast(tf.tensor2d(one.mask, [batch, time], 'int32'), dtype as 'bool');
          const run = (values: tf.Tensor) => poolSequences(values, { parts, mask });
          // A mean of up to 7 numbers below 1 in magnitude: some roundings of at most 2^-24 each.
          expectValues(run(x).dataSync(), output, 1e-6);
          const cotangent = tf.tensor(one.cotangent.slice(0, output.length), run(x).shape);
          expectValues(tf.grad(run)(x, cotangent).dataSync(), gradient, 1e-6);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('shares large batches among its threads, and leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const sizes: [number, number, number] = [9, 50, 300];
    const one = {
      sizes,
      x: randomNumbers(9 * 50 * 300, { seed: 1 }),
      mask: randomIntegers(9 * 50, { to: 2, seed: 2 }),
      cotangent: randomNumbers(9 * 900, { seed: 3 }),
    };
    const expected = reference(one, 'lastMaxMean');
    const x = tf.tensor3d(one.x, sizes);
    const mask = tf.tensor2d(one.mask, [9, 50], 'int32');
    const cotangent = tf.tensor2d(one.cotangent, [9, 900]);
    const run = (values: tf.Tensor) => poolSequences(values, { parts: 'lastMaxMean', mask });
    const output = tf.tidy(() => run(x));
    const gradient = tf.grad(run)(x, cotangent);
    expectValues(output.dataSync(), expected.output, 1e-6);
    expectValues(gradient.dataSync(), expected.gradient, 1e-6);
    tf.dispose([x, mask, cotangent, output, gradient]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is what the layers do with the mask of their input', () => {
    const ids = [
      [3, 4, 5, 0, 0],
      [6, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [1, 2, 3, 4, 5],
    ];
    for (const [layer, parts] of [
      [new MaskedAveragePooling1D(), 'mean'],
      [new MaskedMaxPooling1D(), 'max'],
      [new LastMaxMeanPooling(), 'lastMaxMean'],
    ] as const) {
      const embedding = layers.embedding({
        inputDim: 7,
        outputDim: 3,
        maskZero: true,
        inputShape: [null] as never,
      });
      const model = sequential({ layers: [embedding, layer as never] });
      tf.tidy(() => {
        const rows = ids.map((row) => tf.tensor2d([row], [1, 5], 'int32'));
        const together = model.predict(tf.concat(rows, 0)) as tf.Tensor;
        const table = embedding.getWeights()[0];
        ids.forEach((row, i) => {
          const tokens = row.filter((id) => id > 0);
          const one = tf.slice(together, [i, 0], [1, -1]).dataSync();
          if (tokens.length === 0) expect(one.every((value) => value === 0)).toBe(true);
          else {
            const alone = tf.expandDims(tf.gather(table, tf.tensor1d(tokens, 'int32')), 0);
            expectValues(one, poolSequences(alone, { parts }).dataSync(), 1e-6);
          }
        });
      });
      model.dispose();
    }
  });
});

describe('pooling layers', () => {
  beforeAll(() => useVariant(backendVariants[0]));

  it('give what the stock ones give without a mask, with their configs and under names of their own', () => {
    tf.tidy(() => {
      const x = tf.tensor3d(randomNumbers(60), [3, 5, 4]);
      for (const [ours, stock] of [
        [new MaskedAveragePooling1D({ name: 'one' }), layers.globalAveragePooling1d({ name: 'one' })],
        [new MaskedMaxPooling1D({ name: 'one' }), layers.globalMaxPooling1d({ name: 'one' })],
      ]) {
        expect(ours.getClassName()).toBe(stock.getClassName().replace('Global', 'Masked'));
        expect(ours.getConfig()).toEqual(stock.getConfig());
        const [one, other] = [ours, stock].map((layer) => (layer.call(x, {}) as tf.Tensor).dataSync());
        expectValues(one, other, 1e-6);
      }
    });
  });

  it('do not take the mask of a former layer for their own', () => {
    tf.tidy(() => {
      const x = tf.ones([2, 3, 4]);
      const stale = tf.zeros([2, 6], 'bool');
      const output = new MaskedAveragePooling1D().call(x, { mask: stale });
      expect([...output.dataSync()]).toEqual(new Array(8).fill(1));
    });
  });
});
