import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaledFeatures, scaleFeatures } from '../../src/batches/feature-scaling.js';
import { joinedFeatures } from '../golden/read-weighted.js';
import { expectValues } from '../layers/expect-values.js';

describe('scaleFeatures', () => {
  it("gives the mean and deviation of Keras' Normalization, and leaves categories as they are", () => {
    const [{ features, mean, deviation }] = joinedFeatures;
    const names = (['numeric', 'numeric', 'category'] as const).map((kind, i) => ({ name: `${i}`, kind }));
    const scaling = scaleFeatures({ values: features.values as Float32Array, columns: 3 }, names);
    expectValues(scaling.mean, [...mean.values, 0], 1e-3);
    // The second is the same everywhere: nothing to divide by.
    expectValues(scaling.deviation, [deviation.values[0], 1, 1], 1e-4);
    expect(scaling.columns).toBe(names);
  });

  it('brings numbers of any size to mean 0 and deviation 1', () => {
    const spread = fc.record({
      shift: fc.integer({ min: -1000, max: 1000 }),
      scale: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(spread, ({ shift, scale }) => {
        const values = Float32Array.from({ length: 20 }, (_, i) => shift + scale * Math.sin(i));
        const features = { values, columns: 1 };
        const scaled = scaledFeatures(features, scaleFeatures(features));
        const mean = scaled.reduce((sum, value) => sum + value, 0) / 20;
        const variance = scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 20;
        expect(Math.abs(mean)).toBeLessThan(2e-3);
        expect(Math.abs(variance - 1)).toBeLessThan(2e-3);
      }),
    );
  });

  it('calls columns by their number where nobody has named them', () => {
    const { columns } = scaleFeatures({ values: Float32Array.of(1, 2), columns: 2 });
    expect(columns).toEqual([
      { name: 'feature 1', kind: 'numeric' },
      { name: 'feature 2', kind: 'numeric' },
    ]);
  });

  it('refuses another number of names than of numbers', () => {
    expect(() => scaleFeatures({ values: Float32Array.of(1, 2), columns: 2 }, [])).toThrow(RangeError);
  });
});
