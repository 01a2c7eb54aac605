import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areCounted, countFeatures } from '../../src/batches/count-features.js';
import type { EncodedSplit } from '../../src/batches/encoded-split.js';
import { padBatch } from '../../src/batches/pad-batch.js';

function encodedFrom(reviews: readonly (readonly number[])[]): EncodedSplit {
  const offsets = new Int32Array(reviews.length + 1);
  reviews.forEach((ids, review) => {
    offsets[review + 1] = offsets[review] + ids.length;
  });
  return { ids: Int32Array.from(reviews.flat()), offsets, labels: Int32Array.from(reviews, (_, i) => i % 3) };
}

/** Each id but padding with its count, the smallest id first. */
function slowCounts(ids: readonly number[]): [id: number, count: number][] {
  const counts = new Map<number, number>();
  for (const id of ids) if (id !== 0) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([id], [other]) => id - other);
}

describe('countFeatures', () => {
  it('has each id of a review once, the smallest first, with how often it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(12), { maxLength: 30 }), { maxLength: 10 }), (reviews) => {
        const { ids, counts, offsets, labels } = countFeatures(encodedFrom(reviews));
        expect(labels).toEqual(encodedFrom(reviews).labels);
        expect(offsets).toHaveLength(reviews.length + 1);
        const counted = reviews.map((_, review) => {
          const [start, end] = [offsets[review], offsets[review + 1]];
          return Array.from(ids.subarray(start, end), (id, k) => [id, counts[start + k]]);
        });
        expect(counted).toEqual(reviews.map(slowCounts));
        expect(ids).toHaveLength(offsets[reviews.length]);
        expect(counts).toHaveLength(offsets[reviews.length]);
      }),
    );
  });

  it('leaves the reviews as they are', () => {
    const encoded = encodedFrom([[3, 1, 3, 0]]);
    countFeatures(encoded);
    expect([...encoded.ids]).toEqual([3, 1, 3, 0]);
    expect(areCounted(encoded)).toBe(false);
  });
});

describe('a batch of counted reviews', () => {
  it('has the counts beside the ids, both padded with 0 on the right', () => {
    const features = countFeatures(encodedFrom([[7, 7, 7], [], [9, 2, 9]]));
    expect(areCounted(features)).toBe(true);
    const { ids, counts, lengths } = padBatch(features, Int32Array.of(2, 0, 1));
    expect([...ids]).toEqual([2, 9, 7, 0, 0, 0]);
    expect([...counts!]).toEqual([1, 2, 3, 0, 0, 0]);
    expect([...lengths]).toEqual([2, 1, 0]);
  });
});
