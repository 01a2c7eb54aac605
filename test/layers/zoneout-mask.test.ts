import { beforeAll, describe, expect, it } from 'vitest';
import { zoneoutMask } from '../../src/layers/zoneout-mask.js';
import { Random } from '../../src/random/random.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';

beforeAll(() => useVariant(backendVariants[0]));

function maskOf(shape: [number, number, number], rate: number, random = new Random(1)): Float32Array {
  const mask = zoneoutMask(shape, { rate, random });
  const values = mask.dataSync<'float32'>();
  mask.dispose();
  return values;
}

describe('zoneoutMask', () => {
  it.each([0.01, 0.1, 0.5, 0.9, 0.99])('keeps about the share that it is told to: %d', (rate) => {
    const values = maskOf([10, 20, 30], rate);
    expect(values.every((value) => value === 0 || value === 1)).toBe(true);
    const kept = values.filter((value) => value === 1).length;
    // Five standard deviations of 6,000 draws.
    expect(Math.abs(kept - 6_000 * rate)).toBeLessThan(5 * Math.sqrt(6_000 * rate * (1 - rate)));
  });

  it('keeps each place as often, and neighbours independently of each other', () => {
    const random = new Random(2);
    const [rate, turns] = [0.3, 4_000];
    const sums = new Float64Array(6);
    let pairs = 0;
    for (let turn = 0; turn < turns; turn++) {
      const values = maskOf([1, 2, 3], rate, random);
      values.forEach((value, i) => {
        sums[i] += value;
      });
      pairs += values[2] * values[3];
    }
    const spread = (share: number) => 5 * Math.sqrt(turns * share * (1 - share));
    for (const sum of sums) expect(Math.abs(sum - turns * rate)).toBeLessThan(spread(rate));
    expect(Math.abs(pairs - turns * rate * rate)).toBeLessThan(spread(rate * rate));
  });

  it('is the same for the same seed, and another one at the next call', () => {
    const random = new Random(1);
    const first = maskOf([4, 5, 6], 0.5, random);
    expect(maskOf([4, 5, 6], 0.5)).toEqual(first);
    expect(maskOf([4, 5, 6], 0.5, random)).not.toEqual(first);
  });
});
