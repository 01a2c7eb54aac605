import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedIntegers } from '../../src/arrays/packed-integers.js';
import { checkTokenCount } from '../../src/text/check-token-count.js';
import { InternedTokens } from '../../src/text/interned-tokens.js';
import { ngramOffsets } from '../../src/text/ngram-offsets.js';

function packed(values: Iterable<number>): PackedIntegers {
  const integers = new PackedIntegers();
  for (const value of values) integers.push(value);
  return integers;
}

describe('packed integers', () => {
  const sizes = fc.oneof(fc.nat(9), fc.integer({ min: 32_760, max: 32_775 }), fc.nat(2 ** 31 - 1));

  it('give back what was pushed, small or large', () => {
    fc.assert(
      fc.property(fc.array(sizes, { maxLength: 3000 }), (values) => {
        const integers = packed(values);
        expect(integers.length).toBe(values.length);
        expect(integers.toArray()).toEqual(Int32Array.from(values));
      }),
    );
  });

  it.each([65_535, 65_536, 65_537, 1_200_000, 12_000_000])(
    'hold %i in order, of two bytes and of four',
    (length) => {
      const valueAt = (place: number) => Math.imul(place, 0x9e3779b1) >>> (place % 3 === 0 ? 1 : 18);
      const values = Int32Array.from({ length }, (_, place) => valueAt(place));
      const again = packed(values).toArray();
      expect([again.length, again.every((value, place) => value === values[place])]).toEqual([length, true]);
    },
  );
});

describe('interned tokens', () => {
  it('count each token, and get ids of two bytes or of four', () => {
    const offsets = Int32Array.of(0, 2, 4);
    const interned = new InternedTokens(['a', 'b', 'c'], { places: packed([0, 1, 0, 0]), offsets });
    expect([...interned.occurrences()]).toEqual([3, 1, 0]);
    expect(interned.places).toEqual({ ids: Int32Array.of(0, 1, 0, 0), offsets });
    const wide = interned.translated(Int32Array.of(70_000, 5, 6));
    expect(wide).toEqual({ ids: Int32Array.of(70_000, 5, 70_000, 70_000), offsets });
    expect(interned.translated(Uint16Array.of(9, 5, 6)).ids).toEqual(Uint16Array.of(9, 5, 9, 9));
  });
});

describe('more tokens than 32 bits can count', () => {
  it('are refused with what to do', () => {
    expect(() => checkTokenCount(2 ** 31 - 1)).not.toThrow();
    expect(() => checkTokenCount(2 ** 31)).toThrow(/more than 2,147,483,647 tokens/);
    const lengths = Int32Array.of(0, 2 ** 30, 2 ** 31 - 1);
    expect(() => ngramOffsets(lengths, 2)).toThrow(/tokens and runs of tokens/);
    expect([...ngramOffsets(Int32Array.of(0, 3, 3, 4), 2)]).toEqual([0, 5, 5, 6]);
  });
});
