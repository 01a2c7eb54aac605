import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAndEncode } from '../../src/batches/count-and-encode.js';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { subset } from '../../src/batches/encoded-split.js';
import { lengthStatistics, oovShare } from '../../src/batches/text-statistics.js';
import { tokenize } from '../../src/text/tokenize.js';
import { textConfig } from '../text/text-config.js';
import { encodedOf } from './encoded-of.js';
import { examples } from './split-of.js';

const config = textConfig({ vocabularySize: 6, oovBuckets: 3 });
const texts = examples.map(({ text }) => text);

describe('countAndEncode', async () => {
  const { vocabulary, encoded, statistics } = await countAndEncode([examples], config);

  it('counts examples, tokens and distinct tokens, <pad> being one of these', () => {
    expect(statistics).toMatchObject({ examples: 12, tokens: 50, distinctTokens: 23 });
    expect(statistics.mostCommon.slice(0, 6)).toEqual([
      ['The', 4],
      ['bad', 4],
      ['good', 4],
      ['the', 4],
      ['best', 3],
      ['great', 3],
    ]);
    expect(statistics.mostCommon.length).toBe(20);
  });

  it('encodes each example as the ids of its tokens, in reading order', () => {
    texts.forEach((text, example) => {
      const ids = encoded.ids.subarray(encoded.offsets[example], encoded.offsets[example + 1]);
      expect([...ids]).toEqual(tokenize(text, config).map((token) => vocabulary.id(token)));
    });
    expect(encoded.offsets.length).toBe(13);
    expect(encoded.targets).toEqual({ values: Int32Array.from(examples, ({ target }) => target) });
  });

  it('encodes like encodeTexts, which has no labels', () => {
    const again = encodeTexts(texts, vocabulary);
    expect([...again.ids]).toEqual([...encoded.ids]);
    expect(again.offsets).toEqual(encoded.offsets);
    expect(again.targets).toEqual({ values: Int32Array.from(texts, () => -1) });
  });

  it('gives the same in whatever portions the examples come', async () => {
    const portions = [examples.slice(0, 1), [], examples.slice(1, 8), examples.slice(8)];
    const again = await countAndEncode(portions, config);
    expect(again.encoded).toEqual(encoded);
    expect(again.statistics).toEqual(statistics);
    expect(again.vocabulary.serialize()).toBe(vocabulary.serialize());
  });
});

describe('encodeTexts', () => {
  it('gives an empty text, and one without a letter, no ids', async () => {
    const { vocabulary } = await countAndEncode([examples], config);
    const encoded = encodeTexts(['', 'bad', '!!!'], vocabulary);
    expect([...encoded.offsets]).toEqual([0, 0, 1, 1]);
    expect([...encoded.ids]).toEqual([vocabulary.id('bad')]);
    expect(encodeTexts([], vocabulary).offsets).toEqual(Int32Array.of(0));
  });

  it('holds more tokens than its first guess of the memory', async () => {
    const { vocabulary } = await countAndEncode([examples], { ...config, maxLength: 1e6 });
    const long = 'bad '.repeat(5000);
    const { ids } = encodeTexts([long, 'good'], vocabulary);
    expect(ids.length).toBe(5001);
    expect(new Set(ids.subarray(0, 5000))).toEqual(new Set([vocabulary.id('bad')]));
  });
});

describe('oovShare', () => {
  it('is the share of tokens, not of distinct tokens, in OOV buckets', async () => {
    const portions = [[{ text: 'a a a b', target: 0 }]];
    const { vocabulary } = await countAndEncode(portions, textConfig({ vocabularySize: 2 }));
    expect(oovShare(encodeTexts(['a a c a', 'b'], vocabulary), vocabulary)).toBe(0.4);
    expect(oovShare(encodeTexts([''], vocabulary), vocabulary)).toBe(0);
  });
});

describe('lengthStatistics', () => {
  it('puts every example into the one bin that its length is in', () => {
    expect(lengthStatistics(encodedOf([0, 1, 1, 3, 7]), { bins: 4 })).toEqual({
      mean: 2.4,
      max: 7,
      histogram: [
        { from: 0, to: 1, examples: 3 },
        { from: 2, to: 3, examples: 1 },
        { from: 4, to: 5, examples: 0 },
        { from: 6, to: 7, examples: 1 },
      ],
    });
  });

  it('has at most the bins asked for and loses no example', () => {
    const lengths = fc.array(fc.oneof(fc.nat(9), fc.nat(3000)), { maxLength: 40 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 30 }), (exampleLengths, bins) => {
        const { histogram } = lengthStatistics(encodedOf(exampleLengths), { bins });
        expect(histogram.length).toBeLessThanOrEqual(bins);
        for (const { from, to, examples: count } of histogram) {
          expect(count).toBe(exampleLengths.filter((length) => length >= from && length <= to).length);
        }
        expect(histogram.reduce((sum, { examples: count }) => sum + count, 0)).toBe(exampleLengths.length);
      }),
    );
  });
});

describe('subset', () => {
  it('copies the examples asked for in the order asked for', () => {
    const encoded = encodedOf([2, 0, 1, 3], [0, 1, 2, 0]);
    const part = subset(encoded, Int32Array.of(3, 1, 0));
    expect([...part.ids]).toEqual([4, 5, 6, 1, 2]);
    expect([...part.offsets]).toEqual([0, 3, 3, 5]);
    expect([...part.targets.values]).toEqual([0, 1, 0]);
    expect(subset(encoded, []).offsets).toEqual(Int32Array.of(0));
  });
});
