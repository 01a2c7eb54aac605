import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { mostFrequent } from '../../src/text/most-frequent.js';
import { WordVocabulary } from '../../src/text/word-vocabulary.js';
import { readTextGolden } from '../golden/text/read-text-golden.js';
import { textConfig } from './text-config.js';

const words = fc.stringMatching(/^[A-Za-z']{1,4}$/);
const wordCounts = fc.array(fc.tuple(words, fc.integer({ min: 1, max: 4 })), { maxLength: 60 });

describe('WordVocabulary', () => {
  it("gives the ids of TensorFlow's StaticVocabularyTable to known and unknown tokens", () => {
    const golden = readTextGolden('vocabulary');
    const vocabulary = WordVocabulary.fromCounts(new Map(Object.entries(golden.counts)), textConfig(golden));
    expect(golden.known.map((_, id) => vocabulary.token(id))).toEqual(golden.known);
    const ids = Object.keys(golden.ids).map((token) => [token, vocabulary.id(token)]);
    expect(Object.fromEntries(ids)).toEqual(golden.ids);
  });

  it('starts with <pad> and counts it among the known tokens', () => {
    const counts = new Map([
      ['a', 5],
      ['b', 9],
      ['c', 1],
    ]);
    const vocabulary = WordVocabulary.fromCounts(counts, textConfig({ vocabularySize: 3, oovBuckets: 4 }));
    expect([0, 1, 2, 3].map((id) => vocabulary.token(id))).toEqual(['<pad>', 'b', 'a', undefined]);
    expect([vocabulary.knownSize, vocabulary.oovBuckets, vocabulary.idCount]).toEqual([3, 4, 7]);
    expect([0, 2, 3, 6].map((id) => vocabulary.isOov(id))).toEqual([false, false, true, true]);
  });

  it('has no gap before the OOV buckets when the text has fewer tokens than asked for', () => {
    const vocabulary = WordVocabulary.fromCounts(new Map([['only', 2]]), textConfig({ oovBuckets: 1 }));
    expect([vocabulary.knownSize, vocabulary.id('unseen'), vocabulary.idCount]).toEqual([2, 2, 3]);
  });

  it('is the same in whatever order the tokens were counted', () => {
    fc.assert(
      fc.property(wordCounts, fc.integer({ min: 2, max: 20 }), (pairs, vocabularySize) => {
        const entries = [...new Map(pairs)];
        const config = textConfig({ vocabularySize });
        const forwards = WordVocabulary.fromCounts(new Map(entries), config);
        const backwards = WordVocabulary.fromCounts(new Map(entries.reverse()), config);
        expect(backwards.serialize()).toBe(forwards.serialize());
      }),
    );
  });

  it('keeps every id between 0 and idCount, known ones below the buckets', () => {
    fc.assert(
      fc.property(wordCounts, words, fc.integer({ min: 1, max: 9 }), (pairs, word, oovBuckets) => {
        const vocabulary = WordVocabulary.fromCounts(
          new Map(pairs),
          textConfig({ vocabularySize: 9, oovBuckets }),
        );
        const id = vocabulary.id(word);
        expect(id).toBeGreaterThan(0);
        expect(id).toBeLessThan(vocabulary.idCount);
        expect(vocabulary.token(id) ?? word).toBe(word);
        expect(vocabulary.isOov(id)).toBe(vocabulary.token(id) === undefined);
      }),
    );
  });

  it('comes back from its file, one token a line, also with the line ends of Windows', () => {
    fc.assert(
      fc.property(wordCounts, (pairs) => {
        const vocabulary = WordVocabulary.fromCounts(new Map(pairs), textConfig());
        const content = vocabulary.serialize();
        expect(content.split('\n')[vocabulary.knownSize - 1]).toBe(
          vocabulary.token(vocabulary.knownSize - 1),
        );
        expect(WordVocabulary.parse(content, textConfig({ oovBuckets: 1000 })).serialize()).toBe(content);
        expect(
          WordVocabulary.parse(
            content.replaceAll('\n', '\r\n'),
            textConfig({ oovBuckets: 1000 }),
          ).serialize(),
        ).toBe(content);
      }),
    );
  });

  it('has <unk> with id 1 for all unknown tokens where there are no buckets', () => {
    const counts = new Map([
      ['a', 5],
      ['b', 9],
      ['c', 1],
    ]);
    const config = textConfig({ vocabularySize: 4, oovBuckets: 0 });
    const vocabulary = WordVocabulary.fromCounts(counts, config);
    expect([0, 1, 2, 3, 4].map((id) => vocabulary.token(id))).toEqual([
      '<pad>',
      '<unk>',
      'b',
      'a',
      undefined,
    ]);
    expect(['a', 'c', 'unseen'].map((token) => vocabulary.id(token))).toEqual([3, 1, 1]);
    expect([0, 1, 2, 3].map((id) => vocabulary.isOov(id))).toEqual([false, true, false, false]);
    expect([vocabulary.knownSize, vocabulary.idCount]).toEqual([4, 4]);
    expect(WordVocabulary.parse(vocabulary.serialize(), config).id('unseen')).toBe(1);
    expect(() => WordVocabulary.parse('<pad>\nthe\n', config)).toThrow('line 2: expected <unk>, got "the"');
  });

  it('does not know tokens that are rarer than minimumCount', () => {
    const counts = new Map([
      ['a', 5],
      ['b', 2],
      ['c', 1],
    ]);
    const vocabulary = WordVocabulary.fromCounts(counts, textConfig({ minimumCount: 2 }));
    expect(vocabulary.serialize()).toBe('<pad>\na\nb\n');
  });

  it.each([
    ['does not start with <pad>', 'the\na\n', 'line 1: expected <pad>, got "the"'],
    ['has an empty line', '<pad>\nthe\n\na\n', 'line 3 is empty'],
    ['names a token twice', '<pad>\nthe\na\nthe\n', 'line 4 repeats "the"'],
    ['is empty', '', 'line 1: expected <pad>, got ""'],
  ])('refuses a file that %s', (_fault, content, message) => {
    expect(() => WordVocabulary.parse(content, textConfig({ oovBuckets: 10 }))).toThrow(UserError);
    expect(() => WordVocabulary.parse(content, textConfig({ oovBuckets: 10 }))).toThrow(message);
  });
});

describe('mostFrequent', () => {
  it('takes the first of all tokens sorted by count, then by letters', () => {
    fc.assert(
      fc.property(wordCounts, fc.nat(70), (pairs, limit) => {
        const counts = new Map(pairs);
        const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
        expect(mostFrequent(counts, limit)).toEqual(sorted.slice(0, limit));
      }),
    );
  });
});
