import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesByLength } from '../../src/batches/batches-by-length.js';
import { exampleLength } from '../../src/batches/encoded-split.js';
import { padBatch, paddingEfficiency } from '../../src/batches/pad-batch.js';
import { shuffledBatches, unsortedBatches } from '../../src/batches/shuffled-batches.js';
import { Random } from '../../src/random/random.js';
import { anyEncoded, encodedOf } from './encoded-of.js';

const batchSizes = fc.integer({ min: 1, max: 9 });
/** Lengths like those of 300-byte examples: a narrow bell and a tail of short ones. */
const manyExamples = (count: number) => {
  const random = new Random('lengths');
  const bell = () => Math.round(44 + 20 * ((random.next() + random.next() + random.next()) / 3));
  return encodedOf(Array.from({ length: count }, () => (random.next() < 0.05 ? random.integer(45) : bell())));
};
const asText = (batches: readonly Int32Array[]) => batches.map((batch) => batch.join());
const asSets = (batches: readonly Int32Array[]) => new Set(batches.map((batch) => [...batch].sort().join()));

describe.each([
  ['shuffledBatches', shuffledBatches],
  ['unsortedBatches', unsortedBatches],
  ['batchesByLength', batchesByLength],
])('%s', (_name, makeBatches) => {
  it('has every example exactly once, no empty batch, and at most one that is not full', () => {
    fc.assert(
      fc.property(anyEncoded, batchSizes, fc.nat(), (encoded, batchSize, seed) => {
        const batches = makeBatches(encoded, { batchSize, random: new Random(seed) });
        const examples = batches.flatMap((batch) => [...batch]).sort((a, b) => a - b);
        expect(examples).toEqual(Array.from(encoded.targets.values, (_label, example) => example));
        const sizes = batches.map((batch) => batch.length);
        expect(Math.min(1, ...sizes)).toBe(1);
        expect(sizes.filter((size) => size !== batchSize).length).toBeLessThanOrEqual(1);
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(batchSize);
      }),
    );
  });
});

describe('shuffledBatches', () => {
  const encoded = manyExamples(2000);
  const epoch = (random: Random, batchSize = 32) => shuffledBatches(encoded, { batchSize, random });

  it('fills at least 95 % of the positions with tokens, where unsorted batches fill less than 90 %', () => {
    const random = new Random(1);
    expect(paddingEfficiency(encoded, epoch(random))).toBeGreaterThan(0.95);
    expect(paddingEfficiency(encoded, unsortedBatches(encoded, { batchSize: 32, random }))).toBeLessThan(0.9);
  });

  it('groups the examples otherwise in each epoch', () => {
    const random = new Random(1);
    const first = asSets(epoch(random));
    for (let again = 0; again < 3; again++) {
      const shared = [...asSets(epoch(random))].filter((batch) => first.has(batch));
      expect(shared).toEqual([]);
    }
  });

  it('groups the examples otherwise in each epoch even where all lengths differ and two batches hold them', () => {
    const few = encodedOf([1, 2, 3, 4, 5, 6, 7, 8]);
    const random = new Random(2);
    const epochs = Array.from({ length: 20 }, () => shuffledBatches(few, { batchSize: 4, random }));
    expect(new Set(epochs.map((batches) => [...asSets(batches)].sort().join('|'))).size).toBeGreaterThan(10);
  });

  it('repeats with the same random state and differs with another seed', () => {
    expect(asText(epoch(new Random(3)))).toEqual(asText(epoch(new Random(3))));
    expect(asText(epoch(new Random(3)))).not.toEqual(asText(epoch(new Random(4))));
  });

  it('puts the batches in an order that has nothing to do with their lengths', () => {
    const times = epoch(new Random(5)).map((batch) => padBatch(encoded, batch).time);
    const rises = times.filter((time, place) => time > times[place - 1]).length;
    const falls = times.filter((time, place) => time < times[place - 1]).length;
    expect(rises).toBeGreaterThan(times.length / 4);
    expect(falls).toBeGreaterThan(times.length / 4);
  });

  it('lets any batch be the short one: first or last, of short examples or of long ones', () => {
    const fewer = manyExamples(1700);
    const random = new Random(6);
    const places = new Set<number>();
    const longest: number[] = [];
    for (let again = 0; again < 40; again++) {
      const batches = shuffledBatches(fewer, { batchSize: 300, random });
      const place = batches.findIndex((batch) => batch.length < 300);
      places.add(place);
      longest.push(padBatch(fewer, batches[place]).time);
    }
    expect(places.size).toBe(6);
    expect(Math.max(...longest) - Math.min(...longest)).toBeGreaterThan(5);
  });
});

describe('batchesByLength', () => {
  it('goes from the shortest example to the longest, equally long ones in their order', () => {
    const encoded = encodedOf([3, 1, 2, 1, 0]);
    expect(asText(batchesByLength(encoded, { batchSize: 2 }))).toEqual(['4,1', '3,2', '0']);
  });
});

describe('padBatch', () => {
  it('pads each row on the right with 0 to the longest of the batch', () => {
    const batch = padBatch(encodedOf([2, 0, 3, 1], [1, 0, 1, 0]), Int32Array.of(2, 0, 1));
    expect(batch).toEqual({
      ids: Int32Array.of(3, 4, 5, 1, 2, 0, 0, 0, 0),
      rows: 3,
      time: 3,
      lengths: Int32Array.of(3, 2, 0),
    });
  });

  it('has one time step even when all its examples are empty', () => {
    const { ids, rows, time } = padBatch(encodedOf([0, 0]), Int32Array.of(0, 1));
    expect([rows, time, [...ids]]).toEqual([2, 1, [0, 0]]);
  });

  it('holds the ids of each example and nothing else', () => {
    fc.assert(
      fc.property(anyEncoded, batchSizes, fc.nat(), (encoded, batchSize, seed) => {
        for (const examples of shuffledBatches(encoded, { batchSize, random: new Random(seed) })) {
          const { ids, rows, time, lengths } = padBatch(encoded, examples);
          expect([rows, ids.length]).toEqual([examples.length, rows * time]);
          examples.forEach((example, row) => {
            const tokens = encoded.ids.subarray(encoded.offsets[example], encoded.offsets[example + 1]);
            expect(lengths[row]).toBe(exampleLength(encoded, example));
            const expected = [...tokens, ...Array<number>(time - tokens.length).fill(0)];
            expect([...ids.subarray(row * time, (row + 1) * time)]).toEqual(expected);
          });
        }
      }),
    );
  });
});

describe('paddingEfficiency', () => {
  it('is the share of positions that hold a token', () => {
    const encoded = encodedOf([4, 2, 0, 0]);
    expect(paddingEfficiency(encoded, [Int32Array.of(0, 1)])).toBe(0.75);
    expect(paddingEfficiency(encoded, [Int32Array.of(0, 1), Int32Array.of(2, 3)])).toBe(0.6);
    expect(paddingEfficiency(encoded, [])).toBe(1);
  });
});
