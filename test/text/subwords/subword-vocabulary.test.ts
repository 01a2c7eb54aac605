import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAndEncode } from '../../../src/batches/count-and-encode.js';
import { parseVocabulary } from '../../../src/text/parse-vocabulary.js';
import { readTextGolden } from '../../golden/text/read-text-golden.js';
import { textConfig } from '../text-config.js';

const { texts } = readTextGolden('subwords')[2];
const examples = texts.map((text, place) => ({ text, target: place % 2 }));
const config = textConfig({ tokenizer: 'subwords', vocabularySize: 400, maxLength: 10_000 });
const { vocabulary, encoded, statistics } = await countAndEncode([examples], config);

/** The text that tokens in the byte alphabet stand for. */
function textOf(tokens: readonly string[]): string {
  const bytes = [...tokens.join('')].map((letter) => vocabulary.id(letter));
  const shown = Array.from({ length: 256 }, (_, byte) => byte).filter(
    (byte) => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad),
  );
  const hidden = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !shown.includes(byte));
  return Buffer.from(bytes.map((id) => [...shown, ...hidden][id - 1])).toString();
}

describe('a vocabulary of subwords', () => {
  it('has <pad>, the bytes and what was merged of them, and nothing unknown', () => {
    expect(vocabulary.idCount).toBe(400);
    expect(vocabulary.knownSize).toBe(400);
    expect(vocabulary.oovBuckets).toBe(0);
    expect(vocabulary.token(0)).toBe('<pad>');
    expect(vocabulary.token(1)).toBe('!');
    expect(vocabulary.isOov(399)).toBe(false);
    for (let id = 0; id < 400; id++) expect(vocabulary.id(vocabulary.token(id)!)).toBe(id);
  });

  it('gives any text its ids, of which the text can be made again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        fc.pre(!/<br/.test(text));
        const tokens = vocabulary.features(text);
        expect(textOf(tokens)).toBe(text);
        const { ids } = vocabulary.encode([text]);
        expect(Array.from(ids, (id) => vocabulary.token(id))).toEqual(tokens);
        expect(ids.every((id) => id > 0)).toBe(true);
      }),
    );
  });

  it('encodes the texts that it was learned from as they were when it was learned', () => {
    const again = vocabulary.encode(texts);
    expect([...again.ids]).toEqual([...encoded.ids]);
    expect(again.offsets).toEqual(encoded.offsets);
    expect(statistics.tokens).toBe(encoded.ids.length);
    expect(statistics.distinctTokens).toBe(new Set(encoded.ids).size + 1);
    const [token, count] = statistics.mostCommon[0];
    expect(encoded.ids.filter((id) => id === vocabulary.id(token)).length).toBe(count);
  });

  it.each([
    ['start', (all: string[]) => all.slice(0, 5)],
    ['end', (all: string[]) => all.slice(-5)],
    ['both', (all: string[]) => [...all.slice(0, 3), ...all.slice(-2)]],
  ] as const)('counts a length in subwords, from the %s', (keep, part) => {
    const cut = { ...config, lengthUnit: 'tokens', maxLength: 5, keep } as const;
    const cutting = parseVocabulary(vocabulary.serialize(), { text: cut });
    expect(cutting.features(texts[0])).toEqual(part(vocabulary.features(texts[0])));
  });

  it('is the same after it was written and read', () => {
    const read = parseVocabulary(vocabulary.serialize().replaceAll('\n', '\r\n'), { text: config });
    expect(read.serialize()).toBe(vocabulary.serialize());
    expect(read.encode(texts)).toEqual(vocabulary.encode(texts));
    expect(() => parseVocabulary('pad\n', { text: config })).toThrow(
      'vocabulary, line 1: expected <pad>, got "pad"',
    );
    expect(() => parseVocabulary(`${vocabulary.serialize()}a\n`, { text: config })).toThrow(
      /line 401: "a" stands there a second time/,
    );
  });
});
