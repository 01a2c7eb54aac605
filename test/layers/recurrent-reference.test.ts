import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomIntegers, randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';
import {
  cellNames,
  type RecurrentCase,
  type RecurrentShape,
  type RecurrentValues,
  recurrentCase,
  recurrentGradients,
  recurrentOutput,
  recurrentResults,
  rightPadding,
} from './recurrent-case.js';
import { referenceResults, slopeAlong } from './reference-recurrent.js';

registerLayers();

const size = (max: number) => fc.integer({ min: 1, max });
const rate = fc.constantFrom(0, 0, 0.3, 0.6);

/** Any small layer with any mask: none, padding on the right, holes anywhere; rows may be masked as a whole. */
const anyCase = (leastTime: number): fc.Arbitrary<RecurrentCase> =>
  fc
    .record({
      sizes: fc.record({
        batch: size(6),
        time: fc.integer({ min: leastTime, max: 5 }),
        features: size(6),
        units: size(9),
      }),
      options: fc.record({
        cell: fc.constantFrom(...cellNames),
        goBackwards: fc.boolean(),
        returnSequences: fc.boolean(),
        returnState: fc.boolean(),
        useBias: fc.boolean(),
        withInitialState: fc.boolean(),
        dropout: rate,
        recurrentDropout: rate,
        weightDropout: rate,
        zoneout: rate,
        cellZoneout: rate,
        training: fc.boolean(),
      }),
      maskKind: fc.constantFrom('none', 'right', 'holes'),
      seed: fc.nat(1_000),
    })
    .map(({ sizes, options, maskKind, seed }) => {
      const { batch, time } = sizes;
      const masks: Record<string, () => RecurrentShape['mask']> = {
        none: () => undefined,
        right: () => rightPadding([...randomIntegers(batch, { to: time + 1, seed })], time),
        holes: () => randomIntegers(batch * time, { to: 2, seed }),
      };
      return recurrentCase({ ...sizes, ...options, mask: masks[maskKind]() }, seed);
    });

/** Expects all results to be those of float64, to within `tolerance` of the largest number, or of 1. */
function expectResults(one: RecurrentCase, tolerance: number): void {
  const results = recurrentResults(one);
  const references = referenceResults(one);
  expect(results).toHaveLength(references.length);
  references.forEach((reference, i) => {
    const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    expectValues(results[i], reference, tolerance * largest);
  });
}

/** Expects every gradient to have the right product with a random direction, which no single wrong element keeps. */
function expectSlopes(one: RecurrentCase): void {
  const gradients = recurrentGradients(one);
  expect(Object.keys(gradients).sort()).toEqual(Object.keys(one.values).sort());
  for (const name of Object.keys(one.values) as (keyof RecurrentValues)[]) {
    const direction = randomNumbers(one.values[name]!.length, { seed: 77 });
    let [slope, sum] = [0, 0];
    gradients[name].forEach((gradient, i) => {
      slope += gradient * direction[i];
      sum += Math.abs(gradient * direction[i]);
    });
    expectValues([slope], [slopeAlong(one, name, direction)], 2e-6 * (1 + sum));
  }
}

describe.each(backendVariants)('recurrent layers on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  // The stock layer of the cpu backend has no gradient of a single time step: TF.js cannot differentiate unstack there.
  it('compute what float64 does, forward and backward, whatever their cell, shape, mask and dropout', () => {
    fc.assert(
      fc.property(anyCase(variant.name === 'cpu' ? 2 : 1), (one) => {
        expectResults(one, 2e-6);
        expectSlopes(one);
      }),
      { numRuns: variant.name === 'cpu' ? 40 : 120 },
    );
  });

  it.each(cellNames)('have the gradient of every single number: %s', (cell) => {
    const mask = [1, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1];
    const sizes = { batch: 3, time: 4, features: 3, units: 5 };
    const rates = { zoneout: 0.3, cellZoneout: 0.6 };
    const zones = [true, false].map((training) => ({ ...rates, training }));
    for (const rates of [{}, { recurrentDropout: 0.4 }, { weightDropout: 0.4 }, ...zones]) {
      const options = { returnSequences: true, returnState: true, withInitialState: true };
      const one = recurrentCase({ ...sizes, ...options, cell, mask, ...rates });
      const gradients = recurrentGradients(one);
      for (const name of Object.keys(one.values) as (keyof RecurrentValues)[]) {
        const numeric = Array.from(one.values[name]!, (_, number) =>
          slopeAlong(
            one,
            name,
            Array.from(one.values[name]!, (_, i) => Number(i === number)),
          ),
        );
        expectValues(gradients[name], numeric, 5e-6);
        // What is all zeros would prove nothing.
        expect(Math.max(...numeric.map(Math.abs))).toBeGreaterThan(0.1);
      }
    }
  });

  it.each(cellNames)('take more rows than a kernel packs at a time: %s', (cell) => {
    const mask = rightPadding([...randomIntegers(600, { to: 4 })], 3);
    const sizes = { batch: 600, time: 3, features: 4, units: 5 };
    const one = recurrentCase({ ...sizes, cell, mask, withInitialState: true, recurrentDropout: 0.5 });
    expectResults(one, 2e-6);
    expectSlopes(one);
  });

  it.each(cellNames)('take more features and units than a kernel packs at a time: %s', (cell) => {
    const one = recurrentCase({ cell, batch: 3, time: 2, features: 270, units: 90 });
    for (const name of ['kernel', 'recurrentKernel'] as const)
      one.values[name] = one.values[name]!.map((value) => value / 8);
    expectResults(one, 5e-6);
    expectSlopes(one);
  });

  // A relu has no ends to saturate at.
  it.each(cellNames.filter((cell) => cell !== 'simpleRelu'))(
    'saturate to finite states for inputs up to 10,000: %s',
    (cell) => {
      const one = recurrentCase({ cell, batch: 4, time: 5, features: 3, units: 6, returnSequences: true });
      one.values.x = one.values.x.map((value, i) => value * [1e4, 1e3, 50, 1e4][i % 4]);
      expectResults(one, 2e-5);
      // Some of them must be at the ends, or nothing was saturated; an LSTM's closed output gate has 0.
      const ends = recurrentOutput(one).map(Math.abs);
      expect(ends.filter((value) => value === 1 || value < 1e-30).length).toBeGreaterThan(10);
      for (const gradient of Object.values(recurrentGradients(one)))
        expect(gradient.every(Number.isFinite)).toBe(true);
    },
  );

  // TensorFlow's functions are its own, and its update gate is kept as 1 - z, in which a tiny z is nothing.
  const ownFunctions = variant.name === 'tensorflow' || variant.name === 'cuda';
  const title = 'have a sigmoid and a tanh that are right to a few units in the last place';
  it.skipIf(ownFunctions)(`${title}${ownFunctions ? " (skipped: TensorFlow's are its own)" : ''}`, () => {
    const points = Float32Array.from({ length: 2_001 }, (_, i) => (i - 1_000) / 50);
    /** One unit without recurrent weights: z = sigmoid(az x + bz), c = tanh(ac x), h' = z + (1 - z) c from h = 1. */
    const state = ([az, ac]: number[], bz: number) =>
      recurrentOutput({
        shape: { batch: points.length, time: 1, features: 1, units: 1, cell: 'gruResetBefore' },
        values: {
          x: points,
          kernel: Float32Array.of(az, 0, ac),
          recurrentKernel: new Float32Array(3),
          bias: Float32Array.of(bz, 0, 0),
          initialState: new Float32Array(points.length).fill(1),
        },
        cotangents: [],
      });
    const tanh = state([0, 1], -200);
    const sigmoid = state([1, 0], 0);
    points.forEach((x, i) => {
      expect(Math.abs(tanh[i] - Math.tanh(x))).toBeLessThanOrEqual(5e-7 * Math.abs(Math.tanh(x)) + 1e-37);
      expect(Math.abs(sigmoid[i] * (1 + Math.exp(-x)) - 1)).toBeLessThanOrEqual(3e-7);
    });
  });
});
