import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextConfig } from '../../src/config/schema.js';
import { internTokens, TokenInterner } from '../../src/text/intern-tokens.js';
import { tokenize } from '../../src/text/tokenize.js';
import { textConfig } from './text-config.js';

const tags = ['<br />', '<br>', '<br\t\n/>', '<br', '<', '<br/ >', '<BR>', '<br//>', '<br\u00a0>', '/>', '>'];
const parts = [
  'a',
  'B',
  "'",
  'é',
  'e\u0301',
  '日',
  '𝔘',
  '😀',
  '\ud83d',
  '\udc00',
  '\u00a0',
  ' ',
  '1',
  '٣',
  '&amp;',
  '’',
  '_',
  '!',
  'İ',
  'K',
];
const texts = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(fc.constantFrom(...tags, ...parts), { maxLength: 30 }).map((all) => all.join('')),
  ),
  { maxLength: 8 },
);
const configs: fc.Arbitrary<TextConfig> = fc
  .record({
    tokenizer: fc.constantFrom('letters', 'punctuation', 'keras', 'words', 'characters', 'subwords'),
    letters: fc.constantFrom('ascii', 'unicode'),
    lengthUnit: fc.constantFrom('characters', 'bytes', 'tokens'),
    keep: fc.constantFrom('start', 'end', 'both'),
    maxLength: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(1000)),
    lowercase: fc.boolean(),
    plain: fc.boolean(),
    accents: fc.constantFrom('keep', 'remove'),
    digits: fc.constantFrom('keep', 'drop', 'zero'),
  } as const)
  .map((changes) => textConfig(changes as Partial<TextConfig>));

describe('interned tokens', () => {
  it('are those of the tokenizer, in the order in which they first occur', () => {
    fc.assert(
      fc.property(texts, configs, (several, config) => {
        const { tokens, places } = internTokens(several, config);
        const expected = several.map((text) => tokenize(text, config));
        expect(tokens).toEqual([...new Set(expected.flat())]);
        const found = several.map((_, index) =>
          Array.from(
            places.ids.subarray(places.offsets[index], places.offsets[index + 1]),
            (place) => tokens[place],
          ),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('hold their order when there are more of them than one chunk or one table takes', () => {
    const word = (number: number) =>
      number.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]);
    const numbers = Array.from({ length: 600_000 }, (_, place) => (place * 7919) % 50_021);
    const config = textConfig({ lengthUnit: 'tokens', maxLength: 1_000_000 });
    const { tokens, places } = internTokens([numbers.map(word).join(' ')], config);
    expect(places.ids.length).toBe(600_000);
    expect(tokens.length).toBe(50_021);
    expect(places.ids.every((place, index) => tokens[place] === word(numbers[index]))).toBe(true);
  });

  it('keep a token of a hundred thousand characters', () => {
    const long = 'ab'.repeat(50_000);
    const config = textConfig({ lengthUnit: 'tokens' });
    const { tokens, places } = internTokens([`x ${long} y ${long}`], config);
    expect(tokens).toEqual(['x', long, 'y']);
    expect(places).toEqual({ ids: Int32Array.of(0, 1, 2, 1), offsets: Int32Array.of(0, 4) });
  });
});

describe('TokenInterner', () => {
  it('numbers tokens by their first occurrence, and keeps the examples apart', () => {
    const interner = new TokenInterner(textConfig());
    interner.add(['a b a', '']);
    interner.add([]);
    interner.add(['c b']);
    const { tokens, places } = interner.result();
    expect(tokens).toEqual(['a', 'b', 'c']);
    expect([...places.ids]).toEqual([0, 1, 0, 2, 1]);
    expect([...places.offsets]).toEqual([0, 3, 3, 5]);
  });

  it('gives every text its own tokens back, long ones and those of any alphabet too, however they are portioned', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'a',
        'wonderfully',
        'unforgettable',
        'x'.repeat(40),
        '日本語'.repeat(6),
        '😀'.repeat(9),
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const portions = fc.array(
      fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
      { maxLength: 9 },
    );
    const tokenizers = fc.constantFrom('letters', 'punctuation', 'keras', 'words', 'characters', 'subwords');
    fc.assert(
      fc.property(portions, fc.nat(9), tokenizers, fc.boolean(), (read, cut, tokenizer, lowercase) => {
        const config = textConfig({ tokenizer, lowercase } as Partial<TextConfig>);
        const interner = new TokenInterner(config);
        interner.add(read.slice(0, cut));
        interner.add(read.slice(cut));
        const { tokens, places } = interner.result();
        const tokensOf = (_: string, i: number) =>
          Array.from(places.ids.subarray(places.offsets[i], places.offsets[i + 1]), (place) => tokens[place]);
        expect(read.map(tokensOf)).toEqual(read.map((text) => tokenize(text, config)));
        expect(new Set(tokens).size).toBe(tokens.length);
        const together = internTokens(read, config);
        expect([together.tokens, together.places]).toEqual([tokens, places]);
      }),
    );
  });
});
