import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { attend } from '../../src/layers/attend.js';
import { AttentionPooling } from '../../src/layers/attention-pooling.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomIntegers, randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';

registerLayers();

type Name = 'x' | 'kernel' | 'bias' | 'context';
type Values = Record<Name, ArrayLike<number>>;
interface Case {
  sizes: { batch: number; time: number; features: number; units: number };
  values: Record<Name, Float32Array>;
  mask?: Int32Array;
  cotangent: Float32Array;
}
const names: Name[] = ['x', 'kernel', 'bias', 'context'];

function makeCase(sizes: Case['sizes'], masked: boolean, seed: number): Case {
  const { batch, time, features, units } = sizes;
  return {
    sizes,
    values: {
      x: randomNumbers(batch * time * features, { seed }),
      kernel: randomNumbers(features * units, { seed: seed + 1 }),
      bias: randomNumbers(units, { seed: seed + 2 }),
      context: randomNumbers(units, { seed: seed + 3 }),
    },
    mask: masked ? randomIntegers(batch * time, { to: 2, seed: seed + 4 }) : undefined,
    cotangent: randomNumbers(batch * features, { seed: seed + 5 }),
  };
}

/** The output in float64. */
function reference({ sizes, mask }: Case, { x, kernel, bias, context }: Values): Float64Array {
  const { batch, time, features, units } = sizes;
  const output = new Float64Array(batch * features);
  for (let row = 0; row < batch; row++) {
    const powers = Array.from({ length: time }, (_, t) => {
      if (mask && !mask[row * time + t]) return 0;
      let score = 0;
      for (let unit = 0; unit < units; unit++) {
        let sum = bias[unit];
        for (let i = 0; i < features; i++)
          sum += x[(row * time + t) * features + i] * kernel[i * units + unit];
        score += Math.tanh(sum) * context[unit];
      }
      return Math.exp(score);
    });
    const total = powers.reduce((sum, power) => sum + power, 0);
    powers.forEach((power, t) => {
      if (power === 0) return;
      for (let i = 0; i < features; i++)
        output[row * features + i] += (power / total) * x[(row * time + t) * features + i];
    });
  }
  return output;
}

/** How sum(output x cotangent) changes when one of the values moves along a direction. */
function slopeAlong(one: Case, name: Name, direction: ArrayLike<number>): number {
  const loss = (by: number) => {
    const moved = Float64Array.from(one.values[name], (value, i) => value + by * direction[i]);
    const output = reference(one, { ...one.values, [name]: moved });
    return output.reduce((sum, value, i) => sum + value * one.cotangent[i], 0);
  };
  return (loss(1e-5) - loss(-1e-5)) / 2e-5;
}

/** Output and gradients of `attend` on the current backend. */
function answersOf({ sizes, values, mask, cotangent }: Case) {
  const { batch, time, features, units } = sizes;
  return tf.tidy(() => {
    const shapes = [[batch, time, features], [features, units], [units], [units, 1]];
    const tensors = names.map((name, i) => tf.tensor(values[name], shapes[i]));
    const kept = mask && tf.tensor2d(Uint8Array.from(mask), [batch, time], 'bool');
    const run = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor, context: tf.Tensor) =>
      attend(x, { kernel, bias, context }, kept);
    const output = run(...(tensors as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]));
    const gradients = tf.grads(run as never)(tensors, tf.tensor(cotangent, output.shape));
    return {
      output: output.dataSync(),
      gradients: gradients.map((gradient) => gradient.dataSync()),
    };
  });
}

const size = (max: number) => fc.integer({ min: 1, max });
const anyCase = fc
  .tuple(
    fc.record({ batch: size(5), time: size(6), features: size(9), units: size(9) }),
    fc.boolean(),
    fc.nat(1_000),
  )
  .map(([sizes, masked, seed]) => makeCase(sizes, masked, seed));

describe.each(backendVariants)('AttentionPooling on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('computes what float64 does, forward and backward, whatever its shape and mask', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { output, gradients } = answersOf(one);
        expectValues(output, reference(one, one.values), 2e-6);
        names.forEach((name, i) => {
          const direction = randomNumbers(one.values[name].length, { seed: 77 });
          let [slope, sum] = [0, 0];
          gradients[i].forEach((gradient, j) => {
            slope += gradient * direction[j];
            sum += Math.abs(gradient * direction[j]);
          });
          expectValues([slope], [slopeAlong(one, name, direction)], 3e-6 * (1 + sum));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('gives a row without any token zeros, and gradients without NaN', () => {
    const one = makeCase({ batch: 3, time: 4, features: 5, units: 6 }, true, 1);
    one.mask!.set([0, 0, 0, 0], 4);
    const { output, gradients } = answersOf(one);
    expect([...output.slice(5, 10)]).toEqual([0, 0, 0, 0, 0]);
    for (const values of gradients) expect(values.every(Number.isFinite)).toBe(true);
    expect(gradients[0].slice(20, 40).every((value) => value === 0)).toBe(true);
  });

  it('shares large batches among its threads', () => {
    const one = makeCase({ batch: 9, time: 60, features: 200, units: 30 }, true, 3);
    const { output } = answersOf(one);
    // 200 products in each sum before the tanh.
    expectValues(output, reference(one, one.values), 1e-5);
  });

  it('weighs the steps of a masked input inside a model, and comes back from its config', () => {
    const before = tf.memory().numTensors;
    const model = sequential({
      layers: [
        layers.embedding({ inputDim: 7, outputDim: 3, maskZero: true, inputShape: [null] as never }),
        new AttentionPooling({ units: 4, name: 'attention' }) as never,
      ],
    });
    const padded = model.predict(tf.tensor2d([[3, 4, 0, 0]], [1, 4], 'int32')) as tf.Tensor;
    const alone = model.predict(tf.tensor2d([[3, 4]], [1, 2], 'int32')) as tf.Tensor;
    expectValues(padded.dataSync(), alone.dataSync(), 1e-6);
    const { classNameMap } = tf.serialization.SerializationMap.getMap();
    const [Layer, fromConfig] = classNameMap.AttentionPooling;
    const config = model.layers[1].getConfig();
    const again = fromConfig(Layer, JSON.parse(JSON.stringify(config))) as AttentionPooling;
    expect(again.getConfig()).toEqual(config);
    expect(again.getConfig()).toMatchObject({ units: 4, name: 'attention' });
    tf.dispose([padded, alone]);
    model.dispose();
    // The two tensors of ids.
    expect(tf.memory().numTensors).toBe(before + 2);
  });
});
