import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/text/clean-text.js';
import { tokenize } from '../../src/text/tokenize.js';
import { readTextGolden } from '../golden/text/read-text-golden.js';
import { textConfig } from './text-config.js';

const { examples, cuts } = readTextGolden('preprocessing');

describe('tokenize', () => {
  it.each(['bytes', 'characters'] as const)(
    'finds the tokens that TensorFlow finds at any cut, in %s',
    (lengthUnit) => {
      const cases = cuts.filter((cut) => cut.lengthUnit === lengthUnit);
      expect(cases.length).toBe(64);
      for (const { maxLength, tokens } of cases) {
        const config = textConfig({ lengthUnit, maxLength });
        expect(
          examples.map((example) => tokenize(example, config)),
          `${maxLength} ${lengthUnit}`,
        ).toEqual(tokens);
      }
    },
  );

  it('finds no token in a text without letters, and none in an empty one', () => {
    expect(tokenize('10/10 !!! 😀 日本', textConfig())).toEqual([]);
    expect(tokenize('', textConfig())).toEqual([]);
  });

  it('finds what splitting the cleaned text at white space finds', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', "'", 'Z', '<br />', '<br', ' ', 'é', '😀', '\n', '1', '<'),
    });
    fc.assert(
      fc.property(texts, fc.nat(40), fc.constantFrom('bytes', 'characters'), (text, cut, lengthUnit) => {
        const config = textConfig({ lengthUnit, maxLength: cut + 1 });
        const words = cleanText(text, config)
          .split(/\s+/)
          .filter((word) => word !== '');
        expect(tokenize(text, config)).toEqual(words);
      }),
    );
  });
});

describe('cleanText', () => {
  it('replaces tags, digits and marks by spaces and keeps case and apostrophes', () => {
    expect(cleanText("It's GREAT!<br /><br>10/10 a", textConfig())).toBe("It's GREAT         a");
  });

  it('cuts before it looks for tags, so a tag that is cut leaves its name', () => {
    expect(cleanText('good<br />', textConfig({ maxLength: 9, lengthUnit: 'bytes' }))).toBe('good br  ');
  });

  it('counts code points in characters and UTF-8 bytes in bytes', () => {
    expect(cleanText('😀é abc', textConfig({ maxLength: 4 }))).toBe('    a');
    expect(cleanText('😀é abc', textConfig({ maxLength: 8, lengthUnit: 'bytes' }))).toBe('    a');
  });

  it('makes a character that the cut goes through a space', () => {
    for (const maxLength of [3, 4, 5]) {
      expect(cleanText('ab😀cd', textConfig({ maxLength, lengthUnit: 'bytes' }))).toBe('ab ');
    }
    expect(cleanText('ab😀cd', textConfig({ maxLength: 7, lengthUnit: 'bytes' }))).toBe('ab  c');
  });

  it('reads a half of a surrogate pair as one replacement character of three bytes', () => {
    expect(cleanText('\ud83dabc', textConfig({ maxLength: 4, lengthUnit: 'bytes' }))).toBe(' a');
  });
});
