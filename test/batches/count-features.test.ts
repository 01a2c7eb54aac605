import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areCounted, countFeatures } from '../../src/batches/count-features.js';
import type { EncodedSplit } from '../../src/batches/encoded-split.js';
import { padBatch } from '../../src/batches/pad-batch.js';

function encodedFrom(examples: readonly (readonly number[])[]): EncodedSplit {
  const offsets = new Int32Array(examples.length + 1);
  examples.forEach((ids, example) => {
    offsets[example + 1] = offsets[example] + ids.length;
  });
  return {
    ids: Int32Array.from(examples.flat()),
    offsets,
    targets: { values: Int32Array.from(examples, (_, i) => i % 3) },
  };
}

/** Each id but padding with its count, the smallest id first. */
function slowCounts(ids: readonly number[]): [id: number, count: number][] {
  const counts = new Map<number, number>();
  for (const id of ids) if (id !== 0) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([id], [other]) => id - other);
}

describe('countFeatures', () => {
  it('has each id of an example once, the smallest first, with how often it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(12), { maxLength: 30 }), { maxLength: 10 }), (examples) => {
        const { ids, counts, offsets, targets } = countFeatures(encodedFrom(examples));
        expect(targets).toEqual(encodedFrom(examples).targets);
        expect(offsets).toHaveLength(examples.length + 1);
        const counted = examples.map((_, example) => {
          const [start, end] = [offsets[example], offsets[example + 1]];
          return Array.from(ids.subarray(start, end), (id, k) => [id, counts[start + k]]);
        });
        expect(counted).toEqual(examples.map(slowCounts));
        expect(ids).toHaveLength(offsets[examples.length]);
        expect(counts).toHaveLength(offsets[examples.length]);
      }),
    );
  });

  it('leaves the examples as they are', () => {
    const encoded = encodedFrom([[3, 1, 3, 0]]);
    countFeatures(encoded);
    expect([...encoded.ids]).toEqual([3, 1, 3, 0]);
    expect(areCounted(encoded)).toBe(false);
  });
});

describe('a batch of counted examples', () => {
  it('has the counts beside the ids, both padded with 0 on the right', () => {
    const features = countFeatures(encodedFrom([[7, 7, 7], [], [9, 2, 9]]));
    expect(areCounted(features)).toBe(true);
    const { ids, counts, lengths } = padBatch(features, Int32Array.of(2, 0, 1));
    expect([...ids]).toEqual([2, 9, 7, 0, 0, 0]);
    expect([...counts!]).toEqual([1, 2, 3, 0, 0, 0]);
    expect([...lengths]).toEqual([2, 1, 0]);
  });
});
