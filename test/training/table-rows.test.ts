import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToRows, sumRows } from '../../src/training/table-rows.js';

const rows = 6;
/** Small whole numbers, whose sums are exact in any order. */
const cases = fc.integer({ min: 1, max: 17 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    table: fc.array(fc.integer({ min: -99, max: 99 }), { minLength: rows * width, maxLength: rows * width }),
    ids: fc.array(fc.nat(rows - 1), { maxLength: 20 }),
    start: fc.nat(5),
    step: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: width, maxLength: width }),
  }),
);

describe('rows of a table', () => {
  it('are added up, each as often as its id comes', () => {
    fc.assert(
      fc.property(cases, ({ width, table, ids, start, step }) => {
        const sums = Float64Array.from(step);
        const range = { ids: Int32Array.from(ids), start, end: ids.length };
        sumRows(Float32Array.from(table), range, sums);
        const expected = step.map((_, column) =>
          ids.slice(start).reduce((sum, id) => sum + table[id * width + column], 0),
        );
        expect([...sums]).toEqual(expected);
      }),
    );
  });

  it('are moved, each as often as its id comes, and the others stay', () => {
    fc.assert(
      fc.property(cases, ({ width, table, ids, start, step }) => {
        const moved = Float32Array.from(table);
        addToRows(moved, { ids: Int32Array.from(ids), start, end: ids.length }, Float64Array.from(step));
        const expected = table.map((value, place) => {
          const times = ids.slice(start).filter((id) => id === Math.floor(place / width)).length;
          return value + times * step[place % width];
        });
        expect([...moved]).toEqual(expected);
      }),
    );
  });
});
