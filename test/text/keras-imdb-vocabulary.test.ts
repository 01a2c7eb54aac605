import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsById } from '../../src/datasets/keras-imdb/word-index.js';
import { cutExamples } from '../../src/text/cut-examples.js';
import { KerasImdbVocabulary } from '../../src/text/keras-imdb-vocabulary.js';
import { parseVocabulary } from '../../src/text/parse-vocabulary.js';
import { kerasConfig } from '../datasets/keras-imdb/keras-golden.js';
import { textConfig } from './text-config.js';

const index = new Map(['the', 'and', 'film', "it's", 'good'].map((word, place) => [word, place + 1]));
const text = textConfig({ lengthUnit: 'tokens', maxLength: 6 });

function vocabularyOf(settings: Parameters<typeof kerasConfig>[0], { numWords = 9, highestId = 8 } = {}) {
  const config = kerasConfig({ num_words: numWords, ...settings });
  const words = wordsById(index, config, { numWords: config.numWords ?? numWords, highestId });
  return parseVocabulary(new KerasImdbVocabulary(words, config).serialize(), text, { dataset: config });
}

const idsOf = (vocabulary: ReturnType<typeof vocabularyOf>, example: string, config = text) => [
  ...vocabulary.encode([example], config).ids,
];

describe('the vocabulary of keras-imdb', () => {
  it("reads a text as the data set's examples were read: small letters, Keras' marks gone, start in front", () => {
    const vocabulary = vocabularyOf({});
    expect(Array.from({ length: 10 }, (_, id) => vocabulary.token(id))).toEqual([
      ...['<pad>', '<sos>', '<unk>', '<unused-3>', 'the', 'and', 'film', "it's", 'good', undefined],
    ]);
    expect(idsOf(vocabulary, "The FILM (it's) good-great!")).toEqual([1, 4, 6, 7, 8, 2]);
    expect([0, 1, 2, 3, 4].map((id) => vocabulary.isOov(id))).toEqual([false, false, true, false, false]);
    expect([vocabulary.knownSize, vocabulary.idCount, vocabulary.oovBuckets]).toEqual([9, 9, 0]);
    expect(vocabulary.features('The bad', text)).toEqual(['<sos>', 'the', 'bad']);
  });

  it('cuts the ids, the start among them, at the end that text.keep says', () => {
    const example = 'the and film good the and film';
    expect(idsOf(vocabularyOf({}), example, { ...text, maxLength: 3 })).toEqual([1, 4, 5]);
    expect(idsOf(vocabularyOf({}), example, { ...text, maxLength: 3, keep: 'end' })).toEqual([4, 5, 6]);
  });

  it('leaves unknown words out without an oovChar, before the cut', () => {
    const vocabulary = vocabularyOf({ oov_char: null });
    expect(idsOf(vocabulary, 'bad bad bad bad bad film', { ...text, maxLength: 2 })).toEqual([1, 6]);
    expect(vocabulary.features('bad film', text)).toEqual(['<sos>', 'film']);
  });

  it('does not know words beyond numWords or below skipTop, nor then the start', () => {
    expect(idsOf(vocabularyOf({ num_words: 6 }), 'the and film')).toEqual([1, 4, 5, 2]);
    expect(idsOf(vocabularyOf({ skip_top: 5 }), 'the and film')).toEqual([2, 2, 5, 6]);
  });

  it('has no start without a startChar, and words in their own places with another indexFrom', () => {
    const vocabulary = vocabularyOf({ start_char: null, oov_char: 9, index_from: 0 });
    expect(idsOf(vocabulary, 'the good bad')).toEqual([1, 5, 9]);
    expect(vocabulary.token(9)).toBe('<unk>');
  });

  it('has a row for every id of the examples, also where the index has no word for it', () => {
    expect(vocabularyOf({}, { numWords: 100, highestId: 50 }).idCount).toBe(51);
  });

  it('gives the ids of its features', () => {
    const words = fc.array(fc.constantFrom('the', 'film', 'bad', "it's", 'GOOD!'), { maxLength: 12 });
    const oov = fc.constantFrom(2, null);
    fc.assert(
      fc.property(words, oov, fc.constantFrom('start', 'end'), (read, oov_char, keep) => {
        const vocabulary = vocabularyOf({ oov_char });
        const config = { ...text, keep };
        const ids = vocabulary.features(read.join(' '), config).map((name) => vocabulary.id(name));
        expect(idsOf(vocabulary, read.join(' '), config)).toEqual(ids);
      }),
    );
  });
});

describe('cutExamples', () => {
  const examples = { ids: Int32Array.of(1, 2, 3, 4, 5), offsets: Int32Array.of(0, 3, 3, 5) };

  it('keeps the first or the last ids of each example', () => {
    const start = cutExamples(examples, { maxLength: 2, keep: 'start' });
    expect([[...start.ids], [...start.offsets]]).toEqual([
      [1, 2, 4, 5],
      [0, 2, 2, 4],
    ]);
    const end = cutExamples(examples, { maxLength: 2, keep: 'end' });
    expect([[...end.ids], [...end.offsets]]).toEqual([
      [2, 3, 4, 5],
      [0, 2, 2, 4],
    ]);
  });
});
