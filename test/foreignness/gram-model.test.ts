import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GramCounter } from '../../src/foreignness/gram-counter.js';
import { gramKey, hashBeginnings, longestGram } from '../../src/foreignness/gram-hash.js';
import { natsPerCostStep, natsPerPriceStep, surpriseOf } from '../../src/foreignness/gram-model.js';
import { gramText } from '../../src/foreignness/gram-text.js';
import { learnModel } from '../../src/foreignness/learn-grams.js';

function counted(texts: readonly string[], options?: { mostSlots: number }) {
  const counter = new GramCounter(options);
  for (const text of texts) counter.add(text);
  return counter.counts;
}
const numbersOf = (counts: ReturnType<typeof counted>) =>
  [...counts.key.entries()]
    .filter(([, key]) => key !== 0)
    .map(([slot]) => `${counts.length[slot]}: ${counts.count[slot]}`)
    .sort();

describe('what counts of a text', () => {
  it('is not its layout', () => {
    expect(gramText('a  b<br /><br />c\n')).toBe(' a b c ');
    expect(gramText('')).toBe('  ');
  });
});

describe('a run of characters', () => {
  it('has one key wherever it stands, and another one than other runs', () => {
    const read = 'so it is, so it was';
    const beginnings = hashBeginnings(read);
    const keys = new Map<number, string>();
    for (let length = 1; length <= longestGram; length++) {
      for (let end = length; end <= read.length; end++) {
        const run = read.slice(end - length, end);
        const key = gramKey(beginnings, end, length);
        expect(keys.get(key) ?? run).toBe(run);
        keys.set(key, run);
      }
    }
    expect(keys.size).toBe(new Set(keys.values()).size);
  });

  it('is counted, in tables that grow, as often as it comes', () => {
    // " ab " twice: two of each of " ", "a", "b", but " " four times; " a", "ab", "b " and so on twice each.
    const twice = ['1: 2', '1: 2', '1: 4', '2: 2', '2: 2', '2: 2', '3: 2', '3: 2', '4: 2'];
    expect(numbersOf(counted(['ab', 'ab']))).toEqual(twice);
    const texts = Array.from({ length: 3000 }, (_, number) => `${number * 7919} ${number ** 2}`);
    const counts = counted(texts);
    expect(counts.key.length).toBeGreaterThan(1 << 12);
    const characters = texts.reduce((sum, text) => sum + gramText(text).length, 0);
    const singles = [...counts.count].filter((_, slot) => counts.length[slot] === 1);
    expect(singles.reduce((sum, count) => sum + count, 0)).toBe(characters);
  });

  it('is forgotten where there are too many and it is rare, and frequent ones stay', () => {
    const texts = Array.from({ length: 400 }, (_, number) => `the film ${number * 7919}`);
    const counts = counted(texts, { mostSlots: 1024 });
    expect(counts.key.length).toBe(1024);
    expect(counts.key.filter((key) => key !== 0).length).toBeLessThanOrEqual(620);
    expect(Math.max(...counts.count.filter((_, slot) => counts.length[slot] === 6))).toBeGreaterThan(300);
  });
});

describe('surprise', () => {
  const half = (natsPerCostStep + natsPerPriceStep) / 2;

  it('is -ln of the probability that is interpolated over all lengths of context', () => {
    // Learnt from " aa ": 4 characters of 2 kinds; "a" and " " twice. Behind " " came "a"; behind "a" came "a" and " ".
    const model = learnModel(counted(['aa']));
    const single = (2 + 2 / 200) / (4 + 2);
    const afterSpace = (1 + single) / (1 + 1);
    const aAfterA = (1 + 2 * single) / (2 + 2);
    const aAfterSpaceA = (1 + aAfterA) / (1 + 1);
    const spaceAfterA = (1 + 2 * single) / (2 + 2);
    const spaceAfterAa = (1 + spaceAfterA) / (1 + 1);
    const spaceAfterSpaceAa = (1 + spaceAfterAa) / (1 + 1);
    const exact = -Math.log(afterSpace * aAfterSpaceA * spaceAfterSpaceAa) / 3;
    expect(surpriseOf('aa', model).grams).toBe(3);
    expect(Math.abs(surpriseOf('aa', model).mean - exact)).toBeLessThanOrEqual(natsPerCostStep / 2);
  });

  it('adds the price of each context that the character did not come behind', () => {
    const model = learnModel(counted(['aa']));
    const unseen = -Math.log(2 / 200 / (4 + 2));
    expect(model.unseen).toBeCloseTo(unseen, 12);
    const single = (2 + 2 / 200) / (4 + 2);
    // Of " z ": "z" is unknown behind " ", which only "a" came behind; then " " has no known context.
    const price = -Math.log((1 - (1 + single) / 2) / (1 - single));
    const exact = (price + unseen - Math.log(single)) / 2;
    expect(Math.abs(surpriseOf('z', model).mean - exact)).toBeLessThanOrEqual(half);
  });

  it('is finite and not negative by much for any text, learnt from any texts', () => {
    const any = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), any, (texts, text) => {
        const { mean, grams } = surpriseOf(text, learnModel(counted(texts, { mostSlots: 1024 })));
        return Number.isFinite(mean) && mean > -1 && grams >= 1;
      }),
    );
  });

  it('is least for what was learnt, also where few runs are kept', () => {
    const texts = Array.from({ length: 200 }, (_, number) => `the film was good for ${number} reasons`);
    for (const mostKept of [1e6, 300]) {
      const model = learnModel(counted(texts), { mostKept });
      expect(model.tags.filter((tag) => tag !== 0).length).toBeLessThanOrEqual(mostKept);
      const [own, shuffled, other] = ['the film was good', 'doog saw mlif eht', 'quick zebra xylophones'].map(
        (text) => surpriseOf(text, model).mean,
      );
      expect(own).toBeLessThan(shuffled);
      expect(shuffled).toBeLessThan(other);
    }
  });
});
