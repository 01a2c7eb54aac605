import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internTokens, TokenInterner } from '../../src/text/intern-tokens.js';
import { tokenize } from '../../src/text/tokenize.js';
import { textConfig } from './text-config.js';

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
    const texts = fc.array(
      fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
      { maxLength: 9 },
    );
    const tokenizers = fc.constantFrom('letters', 'punctuation', 'keras');
    fc.assert(
      fc.property(texts, fc.nat(9), tokenizers, fc.boolean(), (read, cut, tokenizer, lowercase) => {
        const config = textConfig({ tokenizer, lowercase });
        const interner = new TokenInterner(config);
        interner.add(read.slice(0, cut));
        interner.add(read.slice(cut));
        const { tokens, places } = interner.result();
        const tokensOf = (_: string, i: number) =>
          Array.from(places.ids.subarray(places.offsets[i], places.offsets[i + 1]), (place) => tokens[place]);
        expect(read.map(tokensOf)).toEqual(read.map((text) => tokenize(text, config)));
        expect(new Set(tokens).size).toBe(tokens.length);
        expect(internTokens(read, config)).toEqual({ tokens, places });
      }),
    );
  });
});
