import { beforeAll, describe, expect, it } from 'vitest';
import { countAndEncode } from '../../src/batches/count-and-encode.js';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { lengthStatistics, oovShare } from '../../src/batches/text-statistics.js';
import type { Example } from '../../src/datasets/split.js';
import { noRealExamples, readRealExamples } from './real-reviews.js';
import { textConfig } from './text-config.js';

describe.skipIf(noRealExamples !== '')(
  `the lecture's figures on the real training examples${noRealExamples}`,
  () => {
    let examples: Example[];

    beforeAll(async () => {
      examples = await readRealExamples();
    });

    it('are met with the first 300 bytes', async () => {
      const config = textConfig({ lengthUnit: 'bytes' });
      const { vocabulary, encoded, statistics } = await countAndEncode([examples], config);
      expect(statistics).toMatchObject({ examples: 25_000, tokens: 1_339_834, distinctTokens: 53_891 });
      expect(statistics.mostCommon.slice(0, 2)).toEqual([
        ['the', 61_137],
        ['a', 38_564],
      ]);
      const { mean, max } = lengthStatistics(encoded);
      expect(mean).toBeCloseTo(53.6, 1);
      expect(max).toBe(69);
      expect([vocabulary.knownSize, vocabulary.idCount]).toEqual([10_000, 11_000]);
      expect([...encodeTexts(['This movie was faaaaaantastic'], vocabulary).ids]).toEqual([
        22, 12, 11, 10_053,
      ]);
      expect(oovShare(encoded, vocabulary)).toBeCloseTo(0.0645, 4);
    });

    it('are met with the first 300 characters', async () => {
      const config = textConfig({ lengthUnit: 'characters' });
      const { statistics } = await countAndEncode([examples], config);
      expect(statistics).toMatchObject({ examples: 25_000, distinctTokens: 53_889 });
      expect(statistics.mostCommon.slice(0, 2)).toEqual([
        ['the', 61_151],
        ['a', 38_571],
      ]);
    });
  },
);
