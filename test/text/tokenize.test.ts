import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextConfig } from '../../src/config/schema.js';
import { tokenize } from '../../src/text/tokenize.js';
import { readTextGolden } from '../golden/text/read-text-golden.js';
import { textConfig } from './text-config.js';

const whole: Partial<TextConfig> = { lengthUnit: 'tokens', maxLength: 1000 };
const tokenizers = ['letters', 'punctuation', 'keras', 'words', 'characters', 'subwords'] as const;

describe('a length in tokens', () => {
  it.each([
    ['start', ['one', 'two', 'three']],
    ['end', ['three', 'four', 'five']],
  ] as const)('keeps the %s of an example, whatever its characters', (keep, kept) => {
    const config = textConfig({ lengthUnit: 'tokens', maxLength: 3, keep });
    expect(tokenize('one, two...   three four <br /> five', config)).toEqual(kept);
    expect(tokenize('one two', config)).toEqual(['one', 'two']);
  });

  it('counts the tokens of the tokenizer, after the tags are gone', () => {
    const config = textConfig({ lengthUnit: 'tokens', maxLength: 4, tokenizer: 'punctuation' });
    expect(tokenize('Oh!<br />No. Yes', config)).toEqual(['Oh', '!', 'No', '.']);
  });
});

describe('lowercase', () => {
  it('makes all letters small before tags and words are looked for', () => {
    expect(tokenize("IT'S<BR />Über ÄRGER", textConfig({ lowercase: true }))).toEqual([
      ...["it's", 'ber', 'rger'],
    ]);
    const config = textConfig({ lowercase: true, tokenizer: 'punctuation' });
    expect(tokenize('Über<BR>ÄRGER', config)).toEqual(['über', 'ärger']);
  });
});

describe('the tokenizer punctuation', () => {
  it('has words of letters, digits and apostrophes of any alphabet, and each other character alone', () => {
    const text = "It's 10/10!!<br /><br/>café — 日本語 😀… :-)";
    expect(tokenize(text, textConfig({ ...whole, tokenizer: 'punctuation' }))).toEqual([
      ...["It's", '10', '/', '10', '!', '!', 'café', '—', '日本語', '😀', '…', ':', '-', ')'],
    ]);
  });
});

describe('the tokenizer keras', () => {
  it.each(readTextGolden('keras-tokens'))("splits $text as Keras' Tokenizer does", ({ text, tokens }) => {
    expect(tokenize(text, textConfig({ ...whole, tokenizer: 'keras', lowercase: true }))).toEqual(tokens);
  });

  it('keeps capital letters where lowercase does not say otherwise', () => {
    expect(tokenize('A (Great) film', textConfig({ ...whole, tokenizer: 'keras' }))).toEqual([
      ...['A', 'Great', 'film'],
    ]);
  });
});

describe.each(tokenizers)('the tokenizer %s', (tokenizer) => {
  it('gives no special token of a vocabulary', () => {
    const tokens = tokenize('<pad> <unk>x<sos>', textConfig({ ...whole, tokenizer }));
    for (const special of ['<pad>', '<unk>', '<sos>']) expect(tokens).not.toContain(special);
    expect(tokens.length).toBeGreaterThan(0);
  });

  it('gives tokens that can stand on a line of vocabulary.txt', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.boolean(), (text, lowercase) => {
        for (const token of tokenize(text, textConfig({ ...whole, tokenizer, lowercase }))) {
          expect(token).toMatch(/^\S+$/);
          expect(Buffer.from(token).toString()).toBe(token);
        }
      }),
    );
  });
});
