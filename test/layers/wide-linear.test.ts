import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WideLinear, type WideLinearArgs } from '../../src/layers/wide-linear.js';
import { Random } from '../../src/random/random.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';

const made: WideLinear[] = [];
afterEach(() => {
  // The layers stand in no model, which alone could dispose of them.
  for (const { weights } of made.splice(0)) for (const weight of weights) weight.dispose();
});

const idCount = 40;
const runIds = { first: 20, end: 36 };
/** Rows of 5, 1, 0 and 3 different features. */
const grams = [
  [1, 7, 19, 20, 39],
  [33, 0, 0, 0, 0],
  [0, 0, 0, 0, 0],
  [7, 33, 34, 0, 0],
];
const cases = [
  { weighting: 'binary', units: 1 },
  { weighting: 'binary', units: 3 },
  { weighting: 'naiveBayes', units: 1 },
  { weighting: 'naiveBayes', units: 3 },
] as const;

/** A layer with weights other than 0, those of padding too, and the same numbers as arrays. */
function layerOf({ weighting, units, rate }: Pick<WideLinearArgs, 'weighting' | 'units' | 'rate'>) {
  const layer = new WideLinear({ idCount, units, weighting, rate, runIds });
  made.push(layer);
  layer.build([null, null]);
  const kernel = randomNumbers(idCount * units, { seed: 1 });
  const values = weighting === 'binary' ? undefined : randomNumbers(idCount * units, { seed: 2, scale: 3 });
  tf.tidy(() => {
    const weights = [kernel, ...(values ? [values] : [])];
    layer.setWeights(weights.map((numbers) => tf.tensor2d(numbers, [idCount, units])));
  });
  return { layer, kernel, values };
}

/** In float64: the sum over a row's features of value x kernel x factor of the place. */
function expectedSums(
  { kernel, values, units }: { kernel: Float32Array; values?: Float32Array; units: number },
  factorAt = (_row: number, _place: number) => 1,
): number[] {
  return grams.flatMap((ids, row) =>
    Array.from({ length: units }, (_, column) =>
      ids.reduce((sum, id, place) => {
        if (id === 0) return sum;
        const k = id * units + column;
        return sum + (values ? values[k] : 1) * kernel[k] * factorAt(row, place);
      }, 0),
    ),
  );
}

const inputOf = (rows: number[][]) => tf.tensor2d(rows, [rows.length, rows[0].length], 'int32');

describe.each(backendVariants)('WideLinear on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(cases)('sums value x weight over the features of an example: $weighting, $units', (settings) => {
    const { layer, ...weights } = layerOf(settings);
    tf.tidy(() => {
      const sums = layer.call(inputOf(grams), {});
      expect(sums.shape).toEqual([4, settings.units]);
      expectValues(sums.dataSync(), expectedSums({ ...weights, ...settings }), 1e-6);
    });
  });

  it.each(cases)('has the gradient of that sum: $weighting, $units', (settings) => {
    const { units } = settings;
    const { layer, values } = layerOf(settings);
    const slopes = randomNumbers(4 * units, { seed: 5 });
    const expected = new Float64Array(idCount * units);
    grams.forEach((ids, row) => {
      for (const id of ids.filter((each) => each > 0)) {
        for (let column = 0; column < units; column++) {
          const k = id * units + column;
          expected[k] += slopes[row * units + column] * (values ? values[k] : 1);
        }
      }
    });
    tf.tidy(() => {
      const kernel = layer.trainableWeights[0].read() as tf.Variable;
      const { grads } = tf.variableGrads(
        () => tf.sum(tf.mul(layer.call(inputOf(grams), {}), tf.tensor2d(slopes, [4, units]))) as tf.Scalar,
        [kernel],
      );
      expectValues(grads[kernel.name].dataSync(), expected, 1e-6);
    });
  });

  it('does not change a row, to the last bit, by what stands beside it', () => {
    const { layer } = layerOf({ weighting: 'naiveBayes', units: 3 });
    tf.tidy(() => {
      const together = layer.call(inputOf(grams.map((ids) => [...ids, 0, 0, 0])), {}).dataSync();
      grams.forEach((ids, row) => {
        const alone = layer.call(inputOf([ids.filter((id, place) => id > 0 || place === 0)]), {}).dataSync();
        expect([...together.subarray(row * 3, row * 3 + 3)]).toEqual([...alone]);
      });
    });
  });

  it('drops features in training alone, and makes up for them', () => {
    const settings = { weighting: 'naiveBayes', units: 2, rate: 0.6 } as const;
    const { layer, ...weights } = layerOf(settings);
    const drawn = new Random(9);
    const factors = grams.map((ids) => ids.map(() => (drawn.next() >= 0.6 ? 1 / (1 - 0.6) : 0)));
    expect(new Set(factors.flat()).size).toBe(2);
    tf.tidy(() => {
      const inTraining = layer.call(inputOf(grams), { training: true, random: new Random(9) });
      const expected = expectedSums({ ...weights, ...settings }, (row, place) => factors[row][place]);
      expectValues(inTraining.dataSync(), expected, 3e-6);
      const after = layer.call(inputOf(grams), {});
      expectValues(after.dataSync(), expectedSums({ ...weights, ...settings }), 1e-6);
    });
  });
});
