import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FirstPlaces } from '../../../src/datasets/files/first-places.js';
import { hash64 } from '../../../src/datasets/files/hash64.js';

describe('the table of first places', () => {
  it('finds the first place of each value, as a map does, however many there are', () => {
    const [table, map] = [new FirstPlaces(), new Map<string, number>()];
    for (let place = 0; place < 50_000; place++) {
      const value = String((place * 7919) % 20_011);
      if (!map.has(value)) map.set(value, place);
      expect(table.add(hash64(value), place)).toBe(map.get(value));
    }
  });

  it('tells hashes apart that begin in the same slot', () => {
    const hash = fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }));
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 60 }), (hashes) => {
        const [table, map] = [new FirstPlaces(), new Map<string, number>()];
        for (const [place, each] of hashes.entries()) {
          if (!map.has(String(each))) map.set(String(each), place);
          expect(table.add(each, place)).toBe(map.get(String(each)));
        }
      }),
    );
  });

  it('goes by the first 64 bits of SHA-1', () => {
    // sha1("abc") = a9993e36 4706816a ...
    expect(hash64('abc').map((half) => (half >>> 0).toString(16))).toEqual(['363e99a9', '6a810647']);
  });
});
