import { describe, expect, it } from 'vitest';
import { GrowingIntegers } from '../../src/arrays/growing-integers.js';

describe('growing integers', () => {
  it.each([0, 1, 1023, 1024, 1025, 262_143, 262_144, 262_145, 700_000])(
    'hold %i of them in order',
    (length) => {
      const integers = new GrowingIntegers();
      const valueAt = (place: number) => Math.imul(place, 0x9e3779b1);
      for (let place = 0; place < length; place++) integers.push(valueAt(place));
      expect(integers.length).toBe(length);
      const values = integers.toArray();
      expect(values.length).toBe(length);
      expect(values.every((value, place) => value === valueAt(place) && integers.at(place) === value)).toBe(
        true,
      );
    },
  );

  it('give a copy, which later ones do not change', () => {
    const integers = new GrowingIntegers();
    integers.push(7);
    const values = integers.toArray();
    values[0] = 8;
    integers.push(9);
    expect([...integers.toArray()]).toEqual([7, 9]);
    expect([...values]).toEqual([8]);
  });
});
