import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSides, type SharedRows } from '../../../src/datasets/files/assign-sides.js';
import { Random } from '../../../src/random/random.js';

/** Rows with their labels; each is its own unit unless units are given. */
function sharedRows(labels: readonly (readonly number[])[], units?: readonly number[]): SharedRows {
  const labelOffsets = new Int32Array(labels.length + 1);
  labels.forEach((each, row) => {
    labelOffsets[row + 1] = labelOffsets[row] + each.length;
  });
  return {
    units: Int32Array.from(units ?? labels.map((_, row) => row)),
    ...{
      labelOffsets,
      labels: Int32Array.from(labels.flat()),
      labelCount: Math.max(0, ...labels.flat()) + 1,
    },
  };
}

const assign = (rows: SharedRows, shares = [0.8, 0.1, 0.1], seed = 1) =>
  assignSides(rows, shares, new Random(seed));
const countOf = (sides: Uint8Array, side: number, rows: (row: number) => boolean = () => true) =>
  sides.reduce((count, other, row) => count + Number(other === side && rows(row)), 0);

const label = fc.nat(3);
const shares = fc
  .tuple(fc.constantFrom(0, 0.1, 0.2, 0.33), fc.constantFrom(0, 0.1, 0.25, 0.4))
  .map(([validation, test]) => [1 - validation - test, validation, test]);

describe('sharing rows out', () => {
  it('gives each side its share of each label, exactly where it is a whole number', () => {
    const rows = sharedRows(Array.from({ length: 1000 }, (_, row) => [row % 10 < 7 ? 0 : 1]));
    const sides = assign(rows);
    for (const [side, share] of [0.8, 0.1, 0.1].entries()) {
      for (const [each, count] of [700, 300].entries()) {
        expect(countOf(sides, side, (row) => rows.labels[row] === each)).toBeCloseTo(share * count, 8);
      }
    }
  });

  it('is off by less than two rows for any label of one-row units, and by less than two in all', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 200 }), shares, fc.nat(), (labels, wanted, seed) => {
        const sides = assign(sharedRows(labels.map((each) => [each])), wanted, seed);
        for (const each of new Set(labels)) {
          const all = labels.filter((other) => other === each).length;
          for (const [side, share] of wanted.entries()) {
            const got = countOf(sides, side, (row) => labels[row] === each);
            expect(Math.abs(got - share * all)).toBeLessThan(2);
          }
        }
      }),
    );
  });

  it('never tears a unit, and keeps each label on the first side', () => {
    const row = fc.record({ unit: fc.nat(15), labels: fc.uniqueArray(label, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 120 }), shares, fc.nat(), (rows, wanted, seed) => {
        const labels = rows.map((each) => each.labels);
        const sides = assign(
          sharedRows(
            labels,
            rows.map(({ unit }) => unit),
          ),
          wanted,
          seed,
        );
        const sideOf = new Map<number, number>();
        rows.forEach(({ unit }, at) => {
          expect(sides[at]).toBe(sideOf.get(unit) ?? sides[at]);
          sideOf.set(unit, sides[at]);
          expect(wanted[sides[at]]).toBeGreaterThan(0);
        });
        const onFirst = new Set(labels.filter((_, at) => sides[at] === 0).flat());
        for (const each of labels.flat()) expect(onFirst).toContain(each);
      }),
    );
  });

  it('fills sides with groups of any size to within the largest group', () => {
    const units = Array.from({ length: 2000 }, (_, row) => Math.floor(Math.sqrt(row)));
    const sides = assign(
      sharedRows(
        units.map((unit) => [unit % 2]),
        units,
      ),
      [0.7, 0.1, 0.2],
    );
    for (const [side, share] of [0.7, 0.1, 0.2].entries()) {
      expect(Math.abs(countOf(sides, side) - share * 2000)).toBeLessThan(89);
    }
  });

  it('is the same for the same seed, another for another, and has nothing to do with the order of labels alone', () => {
    const rows = sharedRows(Array.from({ length: 200 }, (_, row) => [row % 2]));
    expect(assign(rows)).toEqual(assign(rows));
    expect(assign(rows, undefined, 2)).not.toEqual(assign(rows));
    // Held-out rows come from everywhere: of each hundred some.
    const held = [...assign(rows)].flatMap((side, row) => (side > 0 ? [row] : []));
    expect(held).toHaveLength(40);
    expect(held.filter((row) => row < 100).length).toBeGreaterThan(8);
    expect(held.filter((row) => row >= 100).length).toBeGreaterThan(8);
  });

  it('holds out of many rare labels, too, as much in all as it should', () => {
    const sides = assign(sharedRows(Array.from({ length: 400 }, (_, row) => [row >> 2])), [0.9, 0, 0.1]);
    expect(countOf(sides, 2)).toBeGreaterThan(25);
    expect(countOf(sides, 2)).toBeLessThan(50);
  });
});
