import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partOfSplit } from '../../src/datasets/part-of-split.js';
import { readAll } from '../../src/datasets/read-all.js';
import type { Example, IdSplit, TextSplit } from '../../src/datasets/split.js';

const examples: Example[] = Array.from({ length: 11 }, (_, place) => ({
  text: `text ${place}`,
  target: place % 2,
}));

const texts = (portion: number): TextSplit => ({
  ...{ kind: 'texts', name: 'train', labels: ['no', 'yes'], count: examples.length, contentHash: 'abc' },
  async *read() {
    for (let start = 0; start < examples.length; start += portion)
      yield examples.slice(start, start + portion);
  },
});

const ids: IdSplit = {
  ...{
    kind: 'ids',
    name: 'train',
    labels: ['no', 'yes'],
    count: 3,
    contentHash: 'abc',
    vocabulary: {} as never,
  },
  read: async () => ({
    ids: Int32Array.from([1, 2, 3, 4, 5, 6]),
    offsets: Int32Array.from([0, 2, 3, 6]),
    targets: { values: Int32Array.from([1, 0, 1]) },
    words: ['a', 'b'],
  }),
};

describe('a part of a split', () => {
  it('has the chosen examples in their order, in whatever portions they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(examples), fc.integer({ min: 1, max: 12 }), async (chosen, portion) => {
        const places = Int32Array.from(chosen, (example) => examples.indexOf(example));
        const part = partOfSplit(texts(portion), places) as TextSplit;
        expect(part).toMatchObject({ count: chosen.length, name: 'train', labels: ['no', 'yes'] });
        expect(await readAll(part)).toEqual(chosen);
      }),
    );
  });

  it('has the ids and targets of the chosen examples', async () => {
    const part = partOfSplit(ids, Int32Array.from([0, 2])) as IdSplit;
    expect(await part.read()).toEqual({
      ids: Int32Array.from([1, 2, 4, 5, 6]),
      offsets: Int32Array.from([0, 2, 5]),
      targets: { values: Int32Array.from([1, 1]) },
      words: ['a', 'b'],
    });
  });

  it('is told from other parts, and from the whole, by its hash', () => {
    const hash = (places: number[]) => partOfSplit(texts(3), Int32Array.from(places)).contentHash;
    expect(new Set([hash([0, 1]), hash([0, 2]), hash([0]), 'abc'])).toHaveLength(4);
    expect(hash([0, 1])).toBe(hash([0, 1]));
  });
});
