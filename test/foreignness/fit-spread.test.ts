import { describe, expect, it } from 'vitest';
import { excessOf, fitSpread, type Surprise } from '../../src/foreignness/fit-spread.js';
import { Random } from '../../src/random/random.js';

const random = new Random(7);
/** Standard normal (Box and Muller 1958). */
const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
const lengths = [10, 20, 40, 80];
const drawn = (grams: number, noise: () => number): Surprise[] =>
  Array.from({ length: 4000 }, () => ({ mean: 2 + 0.2 * normal() + noise() * Math.sqrt(4 / grams), grams }));
const shareAbove = (texts: readonly Surprise[], spread: ReturnType<typeof fitSpread>) =>
  texts.filter((each) => excessOf(each, spread) > spread.threshold).length / texts.length;

describe('the spread of surprise', () => {
  it('has the variance between texts and the one that chance adds, apart', () => {
    const whole = drawn(300, normal);
    const spread = fitSpread(
      whole,
      lengths.map((grams) => drawn(grams, normal)),
      { quantile: 0.01 },
    );
    expect(Math.abs(spread.mean - 2)).toBeLessThan(0.02);
    expect(Math.abs(spread.between - 0.04)).toBeLessThan(0.006);
    expect(Math.abs(spread.within - 4)).toBeLessThan(0.4);
    // The normal distribution's 99th percentile.
    expect(Math.abs(spread.threshold - 2.326)).toBeLessThan(0.15);
    expect(shareAbove(whole, spread)).toBeLessThanOrEqual(0.01);
  });

  it('is wide enough that beginnings of long tail exceed the threshold no more than twice as often', () => {
    // One in 25 is far above: without more width more than 2 % of the short ones would exceed it.
    const tailed = () => (random.next() < 0.04 ? 3 + normal() : 0.5 * normal());
    const beginnings = lengths.map((grams) => drawn(grams, tailed));
    const whole = drawn(300, normal);
    const spread = fitSpread(whole, beginnings, { quantile: 0.01 });
    const shares = beginnings.map((texts) => shareAbove(texts, spread));
    expect(Math.max(...shares)).toBeLessThanOrEqual(0.02);
    expect(Math.max(...shares)).toBeGreaterThan(0.01);
    expect(shareAbove(whole, spread)).toBeGreaterThan(0.009);
  });

  it('is finite where all texts have one length, or there is one text', () => {
    const alike = [1, 2, 3].map((mean) => ({ mean, grams: 5 }));
    expect(fitSpread(alike, [], { quantile: 0.5 })).toEqual({
      mean: 2,
      between: 2 / 3,
      within: 0,
      threshold: 0,
    });
    expect(fitSpread([{ mean: 1, grams: 5 }], [], { quantile: 0.01 }).threshold).toBe(0);
  });
});
