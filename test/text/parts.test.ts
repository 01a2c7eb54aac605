import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/text/parts.js';

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');

describe('parts of a text', () => {
  it('begin with words', () => {
    expect(partsOf('  one two,\nthree  four five ', 2)).toEqual(['one two,\n', 'three  four five ']);
    expect(partsOf('one two three', 3)).toEqual(['one ', 'two ', 'three']);
  });

  it('are none of a text with fewer words', () => {
    expect(partsOf('one two', 3)).toEqual([]);
    expect(partsOf('', 2)).toEqual([]);
  });

  it('have all words in their order, as many each', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '\n', 'word '), maxLength: 80 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 6 }), (text, count) => {
        const words = wordsOf(text);
        const parts = partsOf(text, count).map(wordsOf);
        if (words.length < count) expect(parts).toEqual([]);
        else expect(parts.flat()).toEqual(words);
        const lengths = parts.map(({ length }) => length);
        expect(Math.max(...lengths) - Math.min(...lengths)).not.toBeGreaterThan(1);
      }),
    );
  });
});
