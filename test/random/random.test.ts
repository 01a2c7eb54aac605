import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/random/random.js';

const draws = (random: Random, count: number) => Array.from({ length: count }, () => random.next());

describe('Random', () => {
  it('gives the published sequence of Alea, so that a seed means the same in every version', () => {
    // From the README of seedrandom 3.0.5.
    expect(new Random('hello.').next()).toBe(0.4783254903741181);
    expect(new Random(1).next()).toBe(new Random('1').next());
  });

  it('repeats with the same seed and differs with another', () => {
    expect(draws(new Random(7), 5)).toEqual(draws(new Random(7), 5));
    expect(draws(new Random(7), 5)).not.toEqual(draws(new Random(8), 5));
  });

  it('goes on from a state that went through JSON, whatever the seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(50), (seed, drawn) => {
        const random = new Random(seed);
        draws(random, drawn);
        const state = JSON.parse(JSON.stringify(random.state));
        expect(draws(new Random('another seed', state), 20)).toEqual(draws(random, 20));
      }),
    );
  });

  it('refuses what is not a state', () => {
    expect(() => new Random(1, { c: 1 })).toThrow(/Not the state of a Random: {"c":1}/);
    expect(() => new Random(1, null)).toThrow(TypeError);
  });

  it('draws every whole number below the limit about equally often, and no other', () => {
    const random = new Random(3);
    const counts = new Int32Array(6);
    for (let draw = 0; draw < 6000; draw++) counts[random.integer(6)]++;
    expect(counts.reduce((sum, count) => sum + count)).toBe(6000);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('shuffles in place without losing or doubling an element', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 })), fc.nat(), (values, seed) => {
        const array = Int32Array.from(values);
        new Random(seed).shuffle(array);
        expect([...array].sort()).toEqual(values.sort());
      }),
    );
  });

  it('makes each of the six orders of three elements about equally often', () => {
    const random = new Random(5);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const array = Int32Array.of(1, 2, 3);
      random.shuffle(array);
      counts.set(array.join(), (counts.get(array.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
