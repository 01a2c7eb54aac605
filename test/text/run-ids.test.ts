import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAndEncode } from '../../src/batches/count-and-encode.js';
import { runIdsOf, wordIdCount } from '../../src/text/run-ids.js';
import { textConfig } from './text-config.js';

const texts = fc.array(
  fc.array(fc.constantFrom('a', 'b', 'c', "d'", 'other'), { maxLength: 9 }).map((read) => read.join(' ')),
  { minLength: 1, maxLength: 8 },
);

describe('the ids of runs of tokens', () => {
  it('are those of features that have a space in them, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(0, 4),
        fc.constantFrom(0, 50),
        fc.constantFrom(2, 5, 30),
        async (read, ngrams, oovBuckets, buckets, vocabularySize) => {
          const ngramBuckets = ngrams > 1 ? buckets : 0;
          const config = textConfig({ ngrams, oovBuckets, ngramBuckets, vocabularySize });
          const { vocabulary } = await countAndEncode([read.map((text) => ({ text, target: 1 }))], config);
          const { first, end } = runIdsOf(vocabulary);
          const isRun = (id: number) => id >= first && id < end;
          for (const feature of [...new Set(read.flatMap((text) => vocabulary.features(text)))]) {
            const id = vocabulary.id(feature);
            if (id >= 0) expect([feature, isRun(id)]).toEqual([feature, feature.includes(' ')]);
          }
          expect(isRun(0)).toBe(false);
          expect(end).toBeLessThanOrEqual(vocabulary.idCount);
          const words = Array.from({ length: vocabulary.idCount }, (_, id) => id).filter((id) => !isRun(id));
          expect(wordIdCount(vocabulary.idCount, { first, end })).toBe(words.length);
          if (ngrams === 1) expect(words).toHaveLength(vocabulary.idCount);
        },
      ),
    );
  });
});
