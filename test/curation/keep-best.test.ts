import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepBest } from '../../src/curation/keep-best.js';

interface Offer {
  readonly key: string;
  readonly score: number;
  readonly place: number;
}

/** Each key once, the first time it comes; the highest scores first, of equal ones the first. */
function naive(offers: readonly Offer[], size: number): Offer[] {
  const once = offers.filter(({ key }, place) => offers.findIndex((other) => other.key === key) === place);
  return once.sort((one, other) => other.score - one.score || one.place - other.place).slice(0, size);
}

describe('keepBest', () => {
  it('keeps what sorting all of it would keep', () => {
    const texts = fc.array(fc.nat(30), { maxLength: 80 });
    fc.assert(
      fc.property(texts, fc.nat(12), fc.nat(6), (drawn, size, divisor) => {
        // The score follows from the key, and several keys share one.
        const offers = drawn.map((text, place) => ({ key: `${text}`, score: text % (divisor + 1), place }));
        const kept = keepBest<Offer>(size);
        for (const offer of offers) kept.offer(offer);
        expect(kept.best()).toEqual(naive(offers, size));
      }),
    );
  });
});
