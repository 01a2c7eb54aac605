import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeText } from '../../src/text/read-text.js';
import { tokenize } from '../../src/text/tokenize.js';
import { readTextGolden } from '../golden/text/read-text-golden.js';
import { textConfig } from './text-config.js';

const whole = { lengthUnit: 'tokens', maxLength: 1000 } as const;

describe('normalize and accents', () => {
  const golden = readTextGolden('normalization');

  it.each(golden)(
    "give the same as Python's unicodedata for $text",
    ({ text, NFC, NFKC, withoutAccents }) => {
      expect(normalizeText(text, { normalize: 'none', accents: 'keep' })).toBe(text);
      expect(normalizeText(text, { normalize: 'NFC', accents: 'keep' })).toBe(NFC);
      expect(normalizeText(text, { normalize: 'NFKC', accents: 'keep' })).toBe(NFKC);
      expect(normalizeText(text, { normalize: 'none', accents: 'remove' })).toBe(withoutAccents);
    },
  );

  it('come before the cut, which counts what they have left', () => {
    const config = textConfig({ maxLength: 4, accents: 'remove', normalize: 'NFC' });
    expect(tokenize('e\u0301te\u0301s x', config)).toEqual(['etes']);
  });
});

describe('digits', () => {
  const text = 'B2B 10/10 ٣٤';

  it.each([
    ['keep', ['B2B', '10', '/', '10', '٣٤']],
    ['drop', ['B', 'B', '/']],
    ['zero', ['B0B', '00', '/', '00', '00']],
  ] as const)('%s: what punctuation leaves of them', (digits, tokens) => {
    expect(tokenize(text, textConfig({ ...whole, tokenizer: 'punctuation', digits }))).toEqual(tokens);
  });

  it.each(['ascii', 'unicode'] as const)('end a word of %s letters, kept or dropped', (letters) => {
    for (const digits of ['keep', 'drop'] as const) {
      expect(tokenize(text, textConfig({ ...whole, letters, digits }))).toEqual(['B', 'B']);
    }
  });
});

describe('letters: unicode', () => {
  it('takes letters of all alphabets with their marks, where ascii breaks words', () => {
    const text = "L'été, हिन्दी: Привет x\u0301";
    expect(tokenize(text, textConfig({ ...whole, letters: 'unicode' }))).toEqual([
      ...["L'été", 'हिन्दी', 'Привет', 'x\u0301'],
    ]);
    expect(tokenize(text, textConfig(whole))).toEqual(["L'", 't', 'x']);
  });
});

describe('keep: both', () => {
  it.each([
    [1, ['a']],
    [3, ['a', 'b', 'e']],
    [4, ['a', 'b', 'd', 'e']],
    [5, ['a', 'b', 'c', 'd', 'e']],
  ])(
    'of %i tokens takes half from the start and half from the end, the odd one from the start',
    (maxLength, kept) => {
      expect(tokenize('a b c d e', textConfig({ lengthUnit: 'tokens', maxLength, keep: 'both' }))).toEqual(
        kept,
      );
    },
  );

  it('never gives a token twice or more than maxLength', () => {
    const lists = fc.array(fc.nat(99), { maxLength: 30 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 40 }), (numbers, maxLength) => {
        const words = numbers.map((_, place) => `w${'i'.repeat(place)}`);
        const kept = tokenize(words.join(' '), textConfig({ lengthUnit: 'tokens', maxLength, keep: 'both' }));
        expect(kept.length).toBe(Math.min(words.length, maxLength));
        expect(new Set(kept).size).toBe(kept.length);
      }),
    );
  });
});
