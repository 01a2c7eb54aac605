import { beforeAll, describe, expect, it } from 'vitest';
import { dropoutMask } from '../../src/layers/dropout-mask.js';
import { Random } from '../../src/random/random.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';

beforeAll(() => useVariant(backendVariants[0]));

const maskOf = (seed: number, rate: number) => {
  const mask = dropoutMask([50, 40], { rate, random: new Random(seed) });
  const values = mask.dataSync<'float32'>();
  mask.dispose();
  return values;
};

describe('dropoutMask', () => {
  it('holds zeros and, for the others, what keeps the expected product', () => {
    expect(new Set(maskOf(1, 0.2))).toEqual(new Set([0, Math.fround(1 / 0.8)]));
    expect(new Set(maskOf(1, 0))).toEqual(new Set([1]));
  });

  it('drops about the share that it is told to', () => {
    for (const rate of [0.1, 0.5, 0.8]) {
      const dropped = maskOf(2, rate).filter((value) => value === 0).length;
      // Five standard deviations of 2,000 draws.
      expect(Math.abs(dropped - 2_000 * rate)).toBeLessThan(5 * Math.sqrt(2_000 * rate * (1 - rate)));
    }
  });

  it('is the same for the same seed, and another one at the next call', () => {
    expect(maskOf(3, 0.5)).toEqual(maskOf(3, 0.5));
    expect(maskOf(3, 0.5)).not.toEqual(maskOf(4, 0.5));
    const random = new Random(1);
    const [one, two] = [1, 2].map(() => dropoutMask([5, 8], { rate: 0.5, random }).dataSync());
    expect(one).not.toEqual(two);
  });

  it('draws from a generator of its own where there is none', () => {
    const [one, two] = [1, 2].map(() => dropoutMask([5, 8], { rate: 0.5 }).dataSync());
    expect(one).not.toEqual(two);
  });
});
