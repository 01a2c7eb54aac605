import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EncodedSplit, exampleCount, idsOfExample } from '../../src/batches/encoded-split.js';
import { splitValidation } from '../../src/batches/split-validation.js';
import { Random } from '../../src/random/random.js';
import { anyEncoded, encodedOf } from './encoded-of.js';

const idsOf = (part: EncodedSplit) =>
  Array.from({ length: exampleCount(part) }, (_, example) => [...idsOfExample(part, example)]).flat();
const labelCounts = ({ targets }: EncodedSplit) =>
  [0, 1, 2].map((label) => targets.values.filter((candidate) => candidate === label).length);

describe('splitValidation', () => {
  it('copies no ids: both parts lie over those of all examples', () => {
    const encoded = encodedOf([3, 1, 2, 4], [0, 0, 1, 1]);
    const { training, validation } = splitValidation(encoded, {
      validationSplit: 0.5,
      random: new Random(1),
    });
    expect([training.ids === encoded.ids, validation.ids === encoded.ids]).toEqual([true, true]);
  });

  it('holds out the same share of each label', () => {
    const labels = Array.from({ length: 300 }, (_, example) => (example < 200 ? 0 : example < 280 ? 1 : 2));
    const encoded = encodedOf(
      labels.map(() => 1),
      labels,
    );
    const { training, validation } = splitValidation(encoded, {
      validationSplit: 0.1,
      random: new Random(1),
    });
    expect(labelCounts(validation)).toEqual([20, 8, 2]);
    expect(labelCounts(training)).toEqual([180, 72, 18]);
  });

  it('puts every example into one of the two parts, with its label, in the former order', () => {
    fc.assert(
      fc.property(
        anyEncoded,
        fc.constantFrom(0, 0.01, 0.1, 0.5, 0.99),
        fc.nat(),
        (encoded, validationSplit, seed) => {
          const { training, validation } = splitValidation(encoded, {
            validationSplit,
            random: new Random(seed),
          });
          expect([...idsOf(training), ...idsOf(validation)].sort((a, b) => a - b)).toEqual(idsOf(encoded));
          for (const part of [training, validation]) {
            expect(idsOf(part)).toEqual(idsOf(part).sort((a, b) => a - b));
          }
          const sums = labelCounts(training).map((count, label) => count + labelCounts(validation)[label]);
          expect(sums).toEqual(labelCounts(encoded));
        },
      ),
    );
  });

  it('leaves at least one example of each label on both sides where there are two', () => {
    const encoded = encodedOf([1, 1, 1, 1, 1], [0, 0, 1, 1, 2]);
    for (const validationSplit of [0.01, 0.99]) {
      const { training, validation } = splitValidation(encoded, { validationSplit, random: new Random(1) });
      expect([labelCounts(training), labelCounts(validation)]).toEqual([
        [1, 1, 1],
        [1, 1, 0],
      ]);
    }
  });

  it('holds out nothing for a share of 0', () => {
    const encoded = encodedOf([1, 2], [0, 0]);
    const { training, validation } = splitValidation(encoded, { validationSplit: 0, random: new Random(1) });
    expect([training.targets.values.length, validation.targets.values.length]).toEqual([2, 0]);
  });

  it('chooses at random: the same seed the same examples, another seed others', () => {
    const encoded = encodedOf(Array.from({ length: 100 }, () => 1));
    const heldOut = (seed: number) =>
      idsOf(splitValidation(encoded, { validationSplit: 0.2, random: new Random(seed) }).validation);
    expect(heldOut(1)).toEqual(heldOut(1));
    expect(heldOut(1)).not.toEqual(heldOut(2));
    expect(heldOut(1)).not.toEqual(Array.from({ length: 20 }, (_, example) => example + 1));
  });
});
