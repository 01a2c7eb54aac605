import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnMerges } from '../../../src/text/subwords/learn-merges.js';
import { makeSubwordEncoder } from '../../../src/text/subwords/subword-encoder.js';
import { subwordLines } from '../../../src/text/subwords/subword-lines.js';
import { readTextGolden } from '../../golden/text/read-text-golden.js';
import { mergesOf } from './merges-of.js';
import { naiveMerges } from './naive-merges.js';

/** Words of few letters, so that pairs repeat, overlap and are equally frequent. */
const countedWords = fc
  .array(
    fc.tuple(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é'), minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
    ),
    {
      maxLength: 12,
    },
  )
  .map((entries) => new Map(entries));

describe('learned merges', () => {
  it('are those of the definition', () => {
    const options = fc.record({
      vocabularySize: fc.integer({ min: 250, max: 300 }),
      minimumCount: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(countedWords, options, (counts, chosen) => {
        const { lefts, rights } = learnMerges(counts, chosen);
        expect(Array.from(lefts, (left, merge) => [left, rights[merge]])).toEqual(
          naiveMerges(counts, chosen).pairs,
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each(readTextGolden('subwords'))(
    "are those of Hugging Face's tokenizers ($vocabularySize, $minimumCount)",
    (golden) => {
      const merges = mergesOf(golden.texts, golden);
      expect(subwordLines(merges).slice(256)).toEqual(golden.tokens);
      const encoder = makeSubwordEncoder(merges);
      for (const { text, ids } of golden.encoded) expect([...encoder.encode([text]).ids]).toEqual(ids);
    },
  );
});
