import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../src/text/tokenize.js';
import { truncate } from '../../src/text/truncate.js';
import { readTextGolden } from '../golden/text/read-text-golden.js';
import { textConfig } from './text-config.js';

const { reviews, cuts } = readTextGolden('preprocessing');

describe('tokenize', () => {
  it.each(['bytes', 'characters'] as const)(
    'finds the tokens that TensorFlow finds at any cut, in %s',
    (lengthUnit) => {
      const cases = cuts.filter((cut) => cut.lengthUnit === lengthUnit);
      expect(cases.length).toBe(64);
      for (const { maxLength, tokens } of cases) {
        const config = textConfig({ lengthUnit, maxLength });
        expect(
          reviews.map((review) => tokenize(review, config)),
          `${maxLength} ${lengthUnit}`,
        ).toEqual(tokens);
      }
    },
  );

  it('finds no token in a text without letters, and none in an empty one', () => {
    expect(tokenize('10/10 !!! 😀 日本', textConfig())).toEqual([]);
    expect(tokenize('', textConfig())).toEqual([]);
  });

  it('finds what the lecture finds: tags, then all but letters and apostrophes made spaces, then a split', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', "'", 'Z', '<br />', '<br', ' ', 'é', '😀', '\n', '1', '<'),
    });
    fc.assert(
      fc.property(texts, fc.nat(40), fc.constantFrom('bytes', 'characters'), (text, cut, lengthUnit) => {
        const config = textConfig({ lengthUnit, maxLength: cut + 1 });
        const words = truncate(text, config)
          .replace(/<br[\t\n\f\r ]*\/?>/g, ' ')
          .replace(/[^A-Za-z']/g, ' ')
          .split(/\s+/)
          .filter((word) => word !== '');
        expect(tokenize(text, config)).toEqual(words);
      }),
    );
  });

  it('takes tags, digits and marks for spaces and keeps case and apostrophes', () => {
    expect(tokenize("It's GREAT!<br /><br>10/10 a", textConfig())).toEqual(["It's", 'GREAT', 'a']);
  });

  it('cuts before it looks for tags, so a tag that is cut leaves its name', () => {
    expect(tokenize('good<br />', textConfig({ maxLength: 9, lengthUnit: 'bytes' }))).toEqual(['good', 'br']);
  });
});

describe('truncate', () => {
  it('counts code points in characters and UTF-8 bytes in bytes', () => {
    expect(truncate('😀é abc', textConfig({ maxLength: 4 }))).toBe('😀é a');
    expect(truncate('😀é abc', textConfig({ maxLength: 8, lengthUnit: 'bytes' }))).toBe('😀é a');
  });

  it('makes a character that the cut goes through a space', () => {
    for (const maxLength of [3, 4, 5]) {
      expect(truncate('ab😀cd', textConfig({ maxLength, lengthUnit: 'bytes' }))).toBe('ab ');
    }
    expect(truncate('ab😀cd', textConfig({ maxLength: 7, lengthUnit: 'bytes' }))).toBe('ab😀c');
  });

  it('reads a half of a surrogate pair as one replacement character of three bytes', () => {
    expect(truncate('\ud83dabc', textConfig({ maxLength: 4, lengthUnit: 'bytes' }))).toBe('\ud83da');
  });
});
