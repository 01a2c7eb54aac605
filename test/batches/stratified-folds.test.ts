import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplesOfFold, stratifiedFolds } from '../../src/batches/stratified-folds.js';
import { Random } from '../../src/random/random.js';

const dealt = (labels: readonly number[], { folds = 3, seed = 1 } = {}) =>
  stratifiedFolds({ values: Int32Array.from(labels) }, { folds, random: new Random(seed) });

const spreadOf = (counts: readonly number[]) => Math.max(...counts) - Math.min(...counts);

describe('stratifiedFolds', () => {
  it('deals each label, and all examples, evenly', () => {
    const labels = fc.array(fc.nat(4), { maxLength: 60 });
    fc.assert(
      fc.property(labels, fc.integer({ min: 2, max: 7 }), (given, folds) => {
        const foldOf = [...dealt(given, { folds })];
        const counts = (holds: (example: number) => boolean) =>
          Array.from(
            { length: folds },
            (_, fold) => foldOf.filter((of, e) => of === fold && holds(e)).length,
          );
        expect(foldOf.every((fold) => fold >= 0 && fold < folds)).toBe(true);
        expect(spreadOf(counts(() => true))).toBeLessThanOrEqual(1);
        for (const label of new Set(given)) {
          expect(spreadOf(counts((example) => given[example] === label))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('deals alike for a seed, otherwise for another', () => {
    const labels = Array.from({ length: 40 }, (_, example) => example % 2);
    expect(dealt(labels)).toEqual(dealt(labels));
    expect(dealt(labels, { seed: 2 })).not.toEqual(dealt(labels));
  });

  it('deals examples with lists of labels at random', () => {
    const targets = { values: Int32Array.of(0, 1, 1), offsets: Int32Array.of(0, 2, 3, 3, 3) };
    const foldOf = stratifiedFolds(targets, { folds: 2, random: new Random(1) });
    expect([...foldOf].sort()).toEqual([0, 0, 1, 1]);
  });
});

describe('examplesOfFold', () => {
  it('takes a fold apart from the rest, in order', () => {
    const { heldOut, rest } = examplesOfFold(Int32Array.of(1, 0, 1, 2, 0), 0);
    expect([[...heldOut], [...rest]]).toEqual([
      [1, 4],
      [0, 2, 3],
    ]);
  });
});
