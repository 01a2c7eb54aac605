import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFeatures } from '../../src/batches/count-features.js';
import { kCenterGreedy } from '../../src/curation/k-center.js';
import { denseFeatures, sparseFeatures } from '../../src/curation/spread-features.js';

type Point = readonly [number, number];

const squared = ([x, y]: Point, [u, v]: Point) => (x - u) ** 2 + (y - v) ** 2;
const featuresOf = (points: readonly Point[]) => denseFeatures(Float32Array.from(points.flat()), 2);
const pointArbitrary = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }));

/** Distance of the farthest point from its nearest center. */
function radius(points: readonly Point[], centers: readonly number[]): number {
  return Math.sqrt(
    Math.max(...points.map((point) => Math.min(...centers.map((center) => squared(point, points[center]))))),
  );
}

/** The least radius of any choice of centers. */
function bestRadius(points: readonly Point[], count: number): number {
  const choices = (from: number, left: number): number[][] =>
    left === 0
      ? [[]]
      : points.flatMap((_, center) =>
          center < from ? [] : choices(center + 1, left - 1).map((rest) => [center, ...rest]),
        );
  return Math.min(...choices(0, count).map((centers) => radius(points, centers)));
}

describe('kCenterGreedy', () => {
  it('takes the farthest point each time', () => {
    const points: Point[] = [
      [0, 0],
      [1, 0],
      [10, 0],
      [0, 6],
      [9, 0],
    ];
    expect([...kCenterGreedy(featuresOf(points), { count: 4 })]).toEqual([0, 2, 3, 1]);
    expect([...kCenterGreedy(featuresOf(points), { count: 2, first: 3 })]).toEqual([3, 2]);
  });

  it('chooses no point twice, as many as asked for or all, equal points included', () => {
    fc.assert(
      fc.property(fc.array(pointArbitrary, { minLength: 1, maxLength: 30 }), fc.nat(40), (points, count) => {
        const doubled = [...points, ...points];
        const chosen = [...kCenterGreedy(featuresOf(doubled), { count })];
        expect(new Set(chosen).size).toBe(Math.min(count, doubled.length));
        expect(chosen.length).toBe(Math.min(count, doubled.length));
      }),
    );
  });

  it('covers all points within twice the least radius', () => {
    fc.assert(
      fc.property(
        fc.array(pointArbitrary, { minLength: 3, maxLength: 9 }),
        fc.integer({ min: 1, max: 3 }),
        (points, count) => {
          const chosen = [...kCenterGreedy(featuresOf(points), { count })];
          expect(radius(points, chosen)).toBeLessThanOrEqual(2 * bestRadius(points, count) + 1e-9);
        },
      ),
    );
  });
});

describe('sparseFeatures', () => {
  it('has the distances of the points written out', () => {
    const examples = fc.array(fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(examples, (drawn) => {
        const offsets = new Int32Array(drawn.length + 1);
        drawn.forEach((ids, i) => {
          offsets[i + 1] = offsets[i] + ids.length;
        });
        const targets = { values: new Int32Array(drawn.length) };
        const counted = countFeatures({ ids: Int32Array.from(drawn.flat()), offsets, targets });
        const values = Float32Array.from(counted.counts, (count, k) => count / (1 + counted.ids[k]));
        const written = new Float32Array(drawn.length * 8);
        for (let example = 0; example < drawn.length; example++) {
          for (let k = counted.offsets[example]; k < counted.offsets[example + 1]; k++) {
            written[example * 8 + counted.ids[k]] = values[k];
          }
        }
        const sparse = sparseFeatures(counted, { values, idCount: 8 });
        const dense = denseFeatures(written, 8);
        for (let example = 0; example < drawn.length; example++) {
          const expected = [...dense.squaredDistancesFrom(example)].map((value) => expect.closeTo(value, 10));
          expect([...sparse.squaredDistancesFrom(example)]).toEqual(expected);
        }
      }),
    );
  });
});
