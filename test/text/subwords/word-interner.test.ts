import { describe, expect, it } from 'vitest';
import { countAndEncode } from '../../../src/batches/count-and-encode.js';
import { internTokens } from '../../../src/text/intern-tokens.js';
import { SubwordVocabulary } from '../../../src/text/subwords/subword-vocabulary.js';
import { WordInterner } from '../../../src/text/subwords/word-interner.js';
import { textConfig } from '../text-config.js';

const config = textConfig({ tokenizer: 'subwords', vocabularySize: 330, maxLength: 100_000 });

/** 3 million characters, so that several batches go to the worker threads. */
function longTexts(): string[] {
  const words = ['film', 'films', 'filming', 'the', 'theme', "isn't", 'schön', '映画', '😀😀', '1999', '...'];
  return Array.from({ length: 3000 }, (_, text) =>
    Array.from(
      { length: 200 },
      (_, place) => words[(text * place + place * place + text) % words.length],
    ).join(' '),
  );
}

/** What an interner gives that gets the texts a hundred at a time. */
async function interned(texts: readonly string[], threads: number) {
  const interner = new WordInterner(config, { threads });
  try {
    for (let start = 0; start < texts.length; start += 100) interner.add(texts.slice(start, start + 100));
    return await interner.result();
  } finally {
    await interner.close();
  }
}

describe('WordInterner', () => {
  it('gives what one thread gives, to the order of the words, however many threads there are', async () => {
    const texts = ['', ...longTexts(), 'the last <br /> one \ud83d'];
    const expected = internTokens(texts, config);
    expect(expected.tokens).toContain('Ġfilm');
    expect(expected.places.ids.length).toBeGreaterThan(600_000);
    for (const threads of [1, 2, 4]) {
      const { tokens, places } = await interned(texts, threads);
      expect(tokens).toEqual(expected.tokens);
      // Vitest takes seconds for half a million integers.
      expect(Buffer.from(places.ids.buffer).equals(Buffer.from(expected.places.ids.buffer))).toBe(true);
      expect([...places.offsets]).toEqual([...expected.places.offsets]);
    }
  });

  it('gives nothing for no texts', async () => {
    const { tokens, places } = await interned([], 2);
    expect(tokens).toEqual([]);
    expect([...places.ids]).toEqual([]);
    expect([...places.offsets]).toEqual([0]);
  });

  it('has subwords learned that depend neither on the order of texts nor on how they come', async () => {
    const texts = longTexts();
    const expected = SubwordVocabulary.learn(internTokens(texts, config), config).serialize();
    async function* reversed() {
      for (const text of texts.toReversed()) yield [{ text, target: 0 }];
    }
    expect((await countAndEncode(reversed(), config)).vocabulary.serialize()).toBe(expected);
  });

  it('ends with the error of the texts where reading fails', async () => {
    async function* failing() {
      yield longTexts().map((text) => ({ text, target: 0 }));
      throw new Error('the disk is gone');
    }
    await expect(countAndEncode(failing(), config)).rejects.toThrow('the disk is gone');
  });
});
