import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padBatch } from '../../src/batches/pad-batch.js';
import { separateRuns } from '../../src/batches/separate-runs.js';
import { noTargets } from '../../src/batches/targets.js';

function batchOf(examples: readonly (readonly number[])[]) {
  const offsets = new Int32Array(examples.length + 1);
  examples.forEach(({ length }, i) => {
    offsets[i + 1] = offsets[i] + length;
  });
  const split = { ids: Int32Array.from(examples.flat()), offsets, targets: noTargets(examples.length) };
  return padBatch(
    split,
    Int32Array.from(examples, (_, i) => i),
  );
}

describe('separateRuns', () => {
  it('gives the tokens of each example in their order, and its different ids', () => {
    // Ids 4 to 8 are runs, 9 and 10 tokens that are not known.
    const batch = batchOf([[3, 1, 10, 1, 5, 4, 5], [2], [], [9, 2, 8]]);
    const { ids, time, lengths, grams, rows } = separateRuns(batch, { first: 4, end: 9 });
    expect([rows, time, [...lengths]]).toEqual([4, 4, [4, 1, 0, 2]]);
    expect([...ids]).toEqual([...[3, 1, 5, 1], ...[2, 0, 0, 0], ...[0, 0, 0, 0], ...[4, 2, 0, 0]]);
    expect(grams!.columns).toBe(5);
    expect([...grams!.ids]).toEqual([
      ...[1, 3, 4, 5, 10],
      ...[2, 0, 0, 0, 0],
      ...[0, 0, 0, 0, 0],
      ...[2, 8, 9, 0, 0],
    ]);
  });

  it('leaves the tokens as they are where there are no runs', () => {
    const example = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(example, { minLength: 1, maxLength: 5 }), (examples) => {
        const batch = batchOf(examples);
        const { grams, ...tokens } = separateRuns(batch, { first: 10, end: 10 });
        expect(tokens).toEqual(batch);
        examples.forEach((ids, row) => {
          const own = [...grams!.ids.subarray(row * grams!.columns, (row + 1) * grams!.columns)];
          const different = [...new Set(ids)].sort((one, other) => one - other);
          expect(own).toEqual(Array.from({ length: grams!.columns }, (_, i) => different[i] ?? 0));
        });
      }),
    );
  });
});
