import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutByTokens, examplesOfTokens } from '../../src/batches/cut-by-tokens.js';
import type { PackedSplit } from '../../src/batches/encoded-split.js';
import { Random } from '../../src/random/random.js';

/** Examples of these lengths. */
function examplesOf(lengths: readonly number[]): PackedSplit {
  const offsets = Int32Array.from([0, ...lengths]);
  for (let end = 1; end < offsets.length; end++) offsets[end] += offsets[end - 1];
  return {
    ids: new Int32Array(offsets[lengths.length]).fill(1),
    offsets,
    targets: { values: new Int32Array(lengths.length) },
  };
}

const lengths = fc
  .array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 80 })
  .map((values) => values.sort((one, other) => one - other));

describe('cutByTokens', () => {
  it('fills batches up to the budget, padding included, and has every example once', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 200 }), fc.nat(), (sorted, batchTokens, seed) => {
        const all = Int32Array.from(sorted, (_, example) => example);
        const batches = cutByTokens(all, examplesOf(sorted), { batchTokens, random: new Random(seed) });
        expect(batches.flatMap((batch) => [...batch]).sort((one, other) => one - other)).toEqual([...all]);
        for (const batch of batches) {
          const longest = Math.max(1, ...Array.from(batch, (example) => sorted[example]));
          if (batch.length > 1) expect(batch.length * longest).toBeLessThanOrEqual(batchTokens);
        }
      }),
    );
  });

  it('leaves over long examples or short ones, as chance has it', () => {
    const sorted = [1, 1, 1, 4, 4];
    const all = Int32Array.from([0, 1, 2, 3, 4]);
    const cuts = Array.from({ length: 20 }, (_, seed) =>
      JSON.stringify(
        cutByTokens(all, examplesOf(sorted), { batchTokens: 4, random: new Random(seed) }).map((batch) => [
          ...batch,
        ]),
      ),
    );
    expect([...new Set(cuts)].sort()).toEqual(['[[0,1,2],[3],[4]]', '[[4],[3],[0,1,2]]']);
  });

  it('expects as many examples in a batch as fit on average', () => {
    expect(examplesOfTokens(examplesOf([2, 4, 6]), 9)).toBe(2);
    expect(examplesOfTokens(examplesOf([20]), 9)).toBe(1);
    expect(examplesOfTokens(examplesOf([0]), 9)).toBe(9);
  });
});
