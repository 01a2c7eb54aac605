import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesAsLetters } from '../../src/text/subwords/byte-alphabet.js';
import { explainToken, tokenText } from '../../src/text/token-text.js';

describe('the text of a token', () => {
  it('is the token itself of words, a space for the ▁ of characters', () => {
    for (const tokenizer of ['letters', 'punctuation', 'keras', 'words'] as const) {
      expect(tokenText('▁Ġé', { tokenizer })).toBe('▁Ġé');
    }
    expect(tokenText('▁', { tokenizer: 'characters' })).toBe(' ');
    expect(tokenText('Ġ', { tokenizer: 'characters' })).toBe('Ġ');
  });

  it('is what the bytes of a subword are, where they are whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (text) => {
        expect(tokenText(bytesAsLetters(text), { tokenizer: 'subwords' })).toBe(text);
      }),
    );
    const part = bytesAsLetters('映').slice(0, 2);
    expect(tokenText(part, { tokenizer: 'subwords' })).toBeUndefined();
    expect(tokenText(`Ġ${part}`, { tokenizer: 'subwords' })).toBeUndefined();
    expect(tokenText(bytesAsLetters('\ufffd'), { tokenizer: 'subwords' })).toBe('\ufffd');
  });

  it('is explained where the letters of the token do not show it', () => {
    expect(explainToken('film', { tokenizer: 'subwords' })).toBe('');
    expect(explainToken('Ġfilm', { tokenizer: 'subwords' })).toBe('" film"');
    expect(explainToken('Ċ', { tokenizer: 'subwords' })).toBe('"\\n"');
    expect(explainToken(bytesAsLetters('映画'), { tokenizer: 'subwords' })).toBe('"映画"');
    expect(explainToken(bytesAsLetters('映').slice(0, 2), { tokenizer: 'subwords' })).toBe('bytes e6 98');
    expect(explainToken(bytesAsLetters('映')[2], { tokenizer: 'subwords' })).toBe('byte a0');
    expect(explainToken('▁', { tokenizer: 'characters' })).toBe('white space');
    expect(explainToken('a', { tokenizer: 'characters' })).toBe('');
    expect(explainToken('▁', { tokenizer: 'words' })).toBe('');
  });
});
