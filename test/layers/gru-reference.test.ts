import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomIntegers, randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';
import {
  type GruCase,
  type GruShape,
  type GruValues,
  gruCase,
  gruGradients,
  gruOutput,
  rightPadding,
} from './gru-case.js';
import { referenceGru, slopeAlong } from './reference-gru.js';

registerLayers();

const size = (max: number) => fc.integer({ min: 1, max });

/** Any small GRU with any mask: none, padding on the right, holes anywhere; rows may be masked as a whole. */
const anyCase = (leastTime: number): fc.Arbitrary<GruCase> =>
  fc
    .record({
      sizes: fc.record({
        batch: size(6),
        time: fc.integer({ min: leastTime, max: 5 }),
        features: size(6),
        units: size(9),
      }),
      options: fc.record({
        resetAfter: fc.boolean(),
        goBackwards: fc.boolean(),
        returnSequences: fc.boolean(),
        useBias: fc.boolean(),
        withInitialState: fc.boolean(),
      }),
      maskKind: fc.constantFrom('none', 'right', 'holes'),
      seed: fc.nat(1_000),
    })
    .map(({ sizes, options, maskKind, seed }) => {
      const { batch, time } = sizes;
      const masks: Record<string, () => GruShape['mask']> = {
        none: () => undefined,
        right: () => rightPadding([...randomIntegers(batch, { to: time + 1, seed })], time),
        holes: () => randomIntegers(batch * time, { to: 2, seed }),
      };
      return gruCase({ ...sizes, ...options, mask: masks[maskKind]() }, seed);
    });

/** Expects every gradient to have the right product with a random direction, which no single wrong element keeps. */
function expectSlopes(gru: GruCase): void {
  const gradients = gruGradients(gru);
  expect(Object.keys(gradients).sort()).toEqual(Object.keys(gru.values).sort());
  for (const name of Object.keys(gru.values) as (keyof GruValues)[]) {
    const direction = randomNumbers(gru.values[name]!.length, { seed: 77 });
    let [slope, sum] = [0, 0];
    gradients[name].forEach((gradient, i) => {
      slope += gradient * direction[i];
      sum += Math.abs(gradient * direction[i]);
    });
    expectValues([slope], [slopeAlong(gru, name, direction)], 2e-6 * (1 + sum));
  }
}

describe.each(backendVariants)('GRU on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  // The stock layer of the cpu backend has no gradient of a single time step: TF.js cannot differentiate unstack there.
  it('computes what float64 does, forward and backward, whatever its shape and mask', () => {
    fc.assert(
      fc.property(anyCase(variant.name === 'cpu' ? 2 : 1), (gru) => {
        expectValues(gruOutput(gru), referenceGru(gru), 2e-6);
        expectSlopes(gru);
      }),
      { numRuns: variant.name === 'cpu' ? 15 : 40 },
    );
  });

  it.each([true, false])('has the gradient of every single number, resetAfter: %s', (resetAfter) => {
    const mask = [1, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1];
    const sizes = { batch: 3, time: 4, features: 3, units: 5 };
    const gru = gruCase({ ...sizes, resetAfter, returnSequences: true, withInitialState: true, mask });
    const gradients = gruGradients(gru);
    for (const name of Object.keys(gru.values) as (keyof GruValues)[]) {
      const numeric = Array.from(gru.values[name]!, (_, one) =>
        slopeAlong(
          gru,
          name,
          Array.from(gru.values[name]!, (_, i) => Number(i === one)),
        ),
      );
      expectValues(gradients[name], numeric, 5e-6);
      // What is all zeros would prove nothing.
      expect(Math.max(...numeric.map(Math.abs))).toBeGreaterThan(0.1);
    }
  });

  it.each([true, false])('takes more rows than a kernel packs at a time, resetAfter: %s', (resetAfter) => {
    const lengths = [...randomIntegers(600, { to: 4 })];
    const mask = rightPadding(lengths, 3);
    const gru = gruCase({
      batch: 600,
      time: 3,
      features: 4,
      units: 5,
      resetAfter,
      mask,
      withInitialState: true,
    });
    expectValues(gruOutput(gru), referenceGru(gru), 2e-6);
    expectSlopes(gru);
  });

  it.each([true, false])(
    'takes more features and units than a kernel packs at a time, resetAfter: %s',
    (resetAfter) => {
      const gru = gruCase({ batch: 3, time: 2, features: 270, units: 90, resetAfter });
      for (const name of ['kernel', 'recurrentKernel'] as const)
        gru.values[name] = gru.values[name]!.map((value) => value / 8);
      expectValues(gruOutput(gru), referenceGru(gru), 5e-6);
      expectSlopes(gru);
    },
  );

  it.each([true, false])(
    'saturates to finite states for inputs up to 10,000, resetAfter: %s',
    (resetAfter) => {
      const gru = gruCase({ batch: 4, time: 5, features: 3, units: 6, resetAfter, returnSequences: true });
      gru.values.x = gru.values.x.map((value, i) => value * [1e4, 1e3, 50, 1e4][i % 4]);
      const output = gruOutput(gru);
      expectValues(output, referenceGru(gru), 2e-5);
      // Some of them must be at the ends, or nothing was saturated.
      expect(output.filter((value) => Math.abs(value) === 1).length).toBeGreaterThan(10);
      for (const gradient of Object.values(gruGradients(gru)))
        expect(gradient.every(Number.isFinite)).toBe(true);
    },
  );

  // TensorFlow's functions are its own, and its update gate is kept as 1 - z, of which a tiny z is nothing.
  it.skipIf(variant.name === 'tensorflow')(
    'has a sigmoid and a tanh that are right to a few units in the last place (not on tensorflow: its own functions)',
    () => {
      const points = Float32Array.from({ length: 2_001 }, (_, i) => (i - 1_000) / 50);
      /** One unit without recurrent weights: z = sigmoid(az x + bz), c = tanh(ac x), h' = z + (1 - z) c from h = 1. */
      const state = ([az, ac]: number[], bz: number) =>
        gruOutput({
          shape: { batch: points.length, time: 1, features: 1, units: 1, resetAfter: false },
          values: {
            x: points,
            kernel: Float32Array.of(az, 0, ac),
            recurrentKernel: new Float32Array(3),
            bias: Float32Array.of(bz, 0, 0),
            initialState: new Float32Array(points.length).fill(1),
          },
          cotangent: new Float32Array(),
        });
      const tanh = state([0, 1], -200);
      const sigmoid = state([1, 0], 0);
      points.forEach((x, i) => {
        expect(Math.abs(tanh[i] - Math.tanh(x))).toBeLessThanOrEqual(5e-7 * Math.abs(Math.tanh(x)) + 1e-37);
        expect(Math.abs(sigmoid[i] * (1 + Math.exp(-x)) - 1)).toBeLessThanOrEqual(3e-7);
      });
    },
  );
});
