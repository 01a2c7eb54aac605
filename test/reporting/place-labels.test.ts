import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, placeLabels, spread } from '../../src/reporting/place-labels.js';

const inside = { left: 0, right: 600, top: 0, bottom: 400 };
const wishes = fc.array(
  fc.record({
    x: fc.double({ min: 0, max: 600, noNaN: true }),
    y: fc.double({ min: 0, max: 400, noNaN: true }),
    width: fc.integer({ min: 10, max: 200 }),
    height: fc.constant(16),
  }),
  { maxLength: 25 },
);

describe('labels beside points', () => {
  it('stand to the right of a point that is alone', () => {
    expect(placeLabels([{ x: 100, y: 50, width: 40, height: 10 }], { inside, obstacles: [] })).toEqual([
      { left: 109, right: 149, top: 45, bottom: 55 },
    ]);
  });

  it('never cover each other or an obstacle, and stay inside', () => {
    fc.assert(
      fc.property(wishes, (labels) => {
        const obstacles = labels.map(({ x, y }) => ({
          ...{ left: x - 5, right: x + 5 },
          ...{ top: y - 5, bottom: y + 5 },
        }));
        const places = placeLabels(labels, { inside, obstacles }).filter((place) => place !== undefined);
        places.forEach((place, index) => {
          expect(place.left).toBeGreaterThanOrEqual(0);
          expect(place.right).toBeLessThanOrEqual(600);
          expect(place.top).toBeGreaterThanOrEqual(0);
          expect(place.bottom).toBeLessThanOrEqual(400);
          for (const other of [...places.slice(index + 1), ...obstacles]) {
            expect(overlap(place, other)).toBe(false);
          }
        });
      }),
    );
  });

  it('have no place where two points are one: nobody could tell which is meant', () => {
    const point = { x: 300, y: 200, width: 40, height: 16 };
    expect(placeLabels([point, { ...point }], { inside, obstacles: [] })).toEqual([undefined, undefined]);
  });
});

describe('labels in a column', () => {
  it('keep their distance, their order and the ends of the column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 450, noNaN: true }), { minLength: 1, maxLength: 21 }),
        (wanted) => {
          const places = spread(wanted, { top: 0, bottom: 400, gap: 20 });
          const ordered = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other]);
          // Rounding moves a place by far less than this.
          const epsilon = 1e-9;
          expect(Math.min(...places)).toBeGreaterThanOrEqual(-epsilon);
          expect(Math.max(...places)).toBeLessThanOrEqual(400 + epsilon);
          ordered.slice(1).forEach((index, rank) => {
            expect(places[index] - places[ordered[rank]]).toBeGreaterThanOrEqual(20 - epsilon);
          });
        },
      ),
    );
  });

  it('stand at their wishes where there is room, and in the middle of them where there is none', () => {
    expect(spread([100, 50, 300], { top: 0, bottom: 400, gap: 20 })).toEqual([100, 50, 300]);
    expect(spread([200, 200, 200], { top: 0, bottom: 400, gap: 20 })).toEqual([180, 200, 220]);
  });
});
