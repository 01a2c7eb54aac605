import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAndEncode } from '../../src/batches/count-and-encode.js';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { exampleLength } from '../../src/batches/encoded-split.js';
import { UserError } from '../../src/errors/user-error.js';
import { NgramVocabulary } from '../../src/text/ngram-vocabulary.js';
import { ngramCount, ngramsOf } from '../../src/text/ngrams-of.js';
import { parseVocabulary } from '../../src/text/parse-vocabulary.js';
import { tokenize } from '../../src/text/tokenize.js';
import { textConfig } from './text-config.js';

const exampleTexts = fc.array(
  fc
    .array(fc.constantFrom('a', 'b', 'c', "d'", 'longer', 'Longest'), { maxLength: 12 })
    .map((words) => words.join(' ')),
  { minLength: 1, maxLength: 12 },
);
const settings = fc.record({
  ngrams: fc.integer({ min: 2, max: 4 }),
  vocabularySize: fc.integer({ min: 2, max: 60 }),
  minimumCount: fc.integer({ min: 1, max: 3 }),
  oovBuckets: fc.constantFrom(0, 3),
});
/** Examples as a split gives them, one in each portion. */
const portionsOf = (texts: readonly string[]) => texts.map((text) => [{ text, target: 0 }]);

/** Every feature with how often it comes, counted as plainly as can be. */
function countPlainly(texts: readonly string[], ngrams: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const feature of ngramsOf(text.split(' ').filter(Boolean), ngrams)) {
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
  }
  return counts;
}

describe('ngramsOf', () => {
  it('has the tokens, then the runs of two, then those of three', () => {
    expect(ngramsOf(['a', 'b', 'c'], 3)).toEqual(['a', 'b', 'c', 'a b', 'b c', 'a b c']);
    expect(ngramsOf(['a'], 3)).toEqual(['a']);
    expect([ngramCount(3, 3), ngramCount(1, 3), ngramCount(0, 5)]).toEqual([6, 1, 0]);
  });
});

describe('a vocabulary of n-grams', () => {
  it('holds the most frequent tokens and runs, counted together', async () => {
    await fc.assert(
      fc.asyncProperty(exampleTexts, settings, async (texts, changes) => {
        const { vocabulary } = await countAndEncode(portionsOf(texts), textConfig(changes));
        const counts = countPlainly(texts, changes.ngrams);
        const frequent = [...counts.values()]
          .filter((count) => count >= changes.minimumCount)
          .sort((one, other) => other - one)
          .slice(0, changes.vocabularySize - 1);
        const known = Array.from(
          { length: vocabulary.knownSize - 1 },
          (_, place) => vocabulary.token(place + 1)!,
        );
        const knownCounts = known.map((feature) => counts.get(feature)!).sort((one, other) => other - one);
        expect(knownCounts).toEqual(frequent);
        // Tokens first, then runs of two, and so on, each kind by falling count.
        const order = known.map((feature) => feature.split(' ').length * 1000 - counts.get(feature)!);
        expect(order).toEqual([...order].sort((one, other) => one - other));
        // A run's parts are known when it is.
        for (const feature of known.filter((name) => name.includes(' '))) {
          expect(known).toContain(feature.slice(0, feature.lastIndexOf(' ')));
          expect(known).toContain(feature.slice(feature.indexOf(' ') + 1));
        }
      }),
    );
  });

  it('encodes an example as the ids of its features, unknown runs left out, also once it was written and read', async () => {
    await fc.assert(
      fc.asyncProperty(exampleTexts, exampleTexts, settings, async (texts, others, changes) => {
        const config = textConfig(changes);
        const { vocabulary, encoded } = await countAndEncode(portionsOf(texts), config);
        const again = parseVocabulary(vocabulary.serialize(), { text: config });
        expect([again.knownSize, again.idCount]).toEqual([vocabulary.knownSize, vocabulary.idCount]);
        const encodedAgain = encodeTexts(texts, again);
        expect([...encodedAgain.ids]).toEqual([...encoded.ids]);
        expect(encodedAgain.offsets).toEqual(encoded.offsets);
        for (const text of [...texts, ...others]) {
          const features = again.features(text);
          expect(features).toEqual(ngramsOf(tokenize(text, config), changes.ngrams));
          const ids = features.map((feature) => again.id(feature));
          expect([...again.encode([text]).ids]).toEqual(ids.filter((id) => id >= 0));
          ids.forEach((id, place) => {
            expect(id).toBeLessThan(again.idCount);
            if (id >= 0 && !again.isOov(id)) expect(again.token(id)).toBe(features[place]);
            else expect(id >= 0).toBe(changes.oovBuckets > 0 && !features[place].includes(' '));
          });
        }
      }),
    );
  });

  it('is the same in whatever order the examples are read', async () => {
    await fc.assert(
      fc.asyncProperty(exampleTexts, settings, async (texts, changes) => {
        const config = textConfig(changes);
        const forwards = (await countAndEncode(portionsOf(texts), config)).vocabulary.serialize();
        const reversed = await countAndEncode(portionsOf([...texts].reverse()), config);
        const backwards = reversed.vocabulary.serialize();
        expect(backwards).toBe(forwards);
      }),
    );
  });

  it('counts thousands of different runs, more than its first tables hold', async () => {
    const words = Array.from(
      { length: 3000 },
      (_, n) => `w${'abcdefghij'[n % 10]}${'z'.repeat(n % 37)}${'y'.repeat(n % 41)}`,
    );
    const text = words.join(' ');
    const config = textConfig({ ...{ ngrams: 3, vocabularySize: 100_000, oovBuckets: 0 }, maxLength: 1e6 });
    const { vocabulary, encoded } = await countAndEncode(portionsOf([text]), config);
    const features = new Set(ngramsOf(words, 3));
    expect(vocabulary.knownSize).toBe(features.size + 1);
    expect([...encoded.ids].map((id) => vocabulary.token(id))).toEqual(ngramsOf(words, 3));
    expect(exampleLength(encoded, 0)).toBe(ngramCount(3000, 3));
  });

  it.each([
    ['does not start with <pad>', 'the\na\n', 'line 1: expected <pad>, got "the"'],
    ['has an empty line', '<pad>\nthe\n\na\n', 'line 3 is empty'],
    ['names a run twice', '<pad>\nthe\na\nthe a\nthe a\n', 'line 5 repeats "the a"'],
    ['is empty', '', 'line 1: expected <pad>, got ""'],
  ])('refuses a file that %s', (_fault, content, message) => {
    const parse = () => NgramVocabulary.parse(content, textConfig({ ngrams: 2, oovBuckets: 0 }));
    expect(parse).toThrow(UserError);
    expect(parse).toThrow(message);
  });

  it('reads a file with the line ends of Windows, or without its last one', () => {
    for (const content of ['<pad>\r\nnot\r\ngood\r\nnot good\r\n', '<pad>\nnot\ngood\nnot good']) {
      const vocabulary = NgramVocabulary.parse(content, textConfig({ ngrams: 2, oovBuckets: 0 }));
      expect(vocabulary.serialize()).toBe('<pad>\nnot\ngood\nnot good\n');
      expect(['not', 'good', 'not good', 'good not', 'bad'].map((name) => vocabulary.id(name))).toEqual([
        ...[1, 2, 3, -1, -1],
      ]);
      expect([vocabulary.token(3), vocabulary.token(4), vocabulary.token(-1)]).toEqual([
        'not good',
        undefined,
        undefined,
      ]);
    }
  });
});
