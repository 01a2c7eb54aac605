import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAndEncode } from '../../src/batches/count-and-encode.js';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { HashedNgramVocabulary } from '../../src/text/hashed-ngram-vocabulary.js';
import { ngramsOf } from '../../src/text/ngrams-of.js';
import { parseVocabulary } from '../../src/text/parse-vocabulary.js';
import { WordVocabulary } from '../../src/text/word-vocabulary.js';
import { readTextGolden } from '../golden/text/read-text-golden.js';
import { textConfig } from './text-config.js';

describe('hashed runs of tokens', () => {
  it.each(readTextGolden('ngram-buckets'))('have pinned buckets: $run', (golden) => {
    const idIn = (ngramBuckets: number) => {
      const text = textConfig({ oovBuckets: 5, ngrams: 5, ngramBuckets });
      return new HashedNgramVocabulary(WordVocabulary.parse('<pad>\na\nb\n', text)).id(golden.run);
    };
    expect([idIn(1000) - 8, idIn(2_000_000) - 8]).toEqual([golden.bucketOf1000, golden.bucketOf2000000]);
  });

  it('come after the tokens, whose ids are those of the words alone', async () => {
    const texts = fc.array(
      fc.array(fc.constantFrom('a', 'b', 'c', "d'", 'other'), { maxLength: 9 }).map((read) => read.join(' ')),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom(0, 4),
        async (read, ngrams, oovBuckets) => {
          const config = textConfig({ ngrams, oovBuckets, ngramBuckets: 50, vocabularySize: 4 });
          const portions = [read.map((text) => ({ text, target: 1 }))];
          const { vocabulary, encoded } = await countAndEncode(portions, config);
          const plainConfig = { ...config, ngrams: 1, ngramBuckets: 0 };
          const { vocabulary: plain } = await countAndEncode(portions, plainConfig);
          expect([vocabulary.knownSize, vocabulary.oovBuckets]).toEqual([plain.knownSize, oovBuckets]);
          expect(vocabulary.idCount).toBe(plain.idCount + 50);
          expect(vocabulary.serialize()).toBe(plain.serialize());
          read.forEach((text, example) => {
            const features = ngramsOf(text.split(' ').filter(Boolean), ngrams);
            const ids = features.map((name) => (name.includes(' ') ? vocabulary.id(name) : plain.id(name)));
            expect([...encoded.ids.subarray(encoded.offsets[example], encoded.offsets[example + 1])]).toEqual(
              ids,
            );
            expect(vocabulary.features(text)).toEqual(features);
          });
          for (const id of encoded.ids) {
            expect(id).toBeLessThan(vocabulary.idCount);
            expect(vocabulary.isOov(id)).toBe(id < plain.idCount && plain.isOov(id));
          }
          const again = encodeTexts(read, parseVocabulary(vocabulary.serialize(), { text: config }));
          expect([...again.ids]).toEqual([...encoded.ids]);
          expect(again.offsets).toEqual(encoded.offsets);
        },
      ),
    );
  });
});
