import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWordsInThreads } from '../../../src/text/subwords/count-words-in-threads.js';
import { learnMerges } from '../../../src/text/subwords/learn-merges.js';
import { learnSubwords } from '../../../src/text/subwords/learn-subwords.js';
import { makeSubwordEncoder } from '../../../src/text/subwords/subword-encoder.js';
import { subwordLines } from '../../../src/text/subwords/subword-lines.js';
import { readTextGolden } from '../../golden/text/read-text-golden.js';
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
    async (golden) => {
      const merges = await learnSubwords(golden.texts, { ...golden, threads: 1 });
      expect(subwordLines(merges).slice(256)).toEqual(golden.tokens);
      const encoder = makeSubwordEncoder(merges);
      for (const { text, ids } of golden.encoded) expect([...encoder.encode([text]).ids]).toEqual(ids);
    },
  );

  it('do not depend on threads, on the order of texts or on how they come', async () => {
    const texts = longTexts();
    const counts = await countWordsInThreads(texts, { threads: 1 });
    const options = { vocabularySize: 330 };
    const expected = learnMerges(counts, options);
    expect(expected.lefts.length).toBeGreaterThan(30);
    async function* reversed() {
      yield* texts.toReversed();
    }
    for (const threads of [1, 2, 4]) {
      expect(await learnSubwords(texts, { ...options, threads })).toEqual(expected);
      expect(await learnSubwords(reversed(), { ...options, threads })).toEqual(expected);
    }
    expect(await learnSubwords(new Map([...counts].reverse()), options)).toEqual(expected);
  });
});

describe('counted words', () => {
  it('are the same however many threads count', async () => {
    const texts = longTexts();
    const expected = await countWordsInThreads(texts, { threads: 1 });
    expect(expected.get(' film')).toBeGreaterThan(1000);
    const total = [...expected].reduce((length, [word, count]) => length + word.length * count, 0);
    expect(total).toBe(texts.join('').length);
    for (const threads of [2, 4]) {
      const counts = await countWordsInThreads(texts, { threads });
      expect([...counts].sort()).toEqual([...expected].sort());
    }
  });

  it('end with the error of the texts where reading fails', async () => {
    async function* failing() {
      yield* longTexts();
      throw new Error('the disk is gone');
    }
    await expect(countWordsInThreads(failing(), { threads: 2 })).rejects.toThrow('the disk is gone');
  });
});
