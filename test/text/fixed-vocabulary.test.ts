import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedVocabulary } from '../../src/datasets/keras-imdb/fixed-vocabulary.js';
import { wordsById } from '../../src/datasets/keras-imdb/word-index.js';
import { cutExamples } from '../../src/text/cut-examples.js';
import { FixedVocabulary } from '../../src/text/fixed-vocabulary.js';
import { parseVocabulary } from '../../src/text/parse-vocabulary.js';
import { kerasConfig } from '../datasets/keras-imdb/keras-golden.js';
import { textConfig } from './text-config.js';

const index = new Map(['the', 'and', 'film', "it's", 'good'].map((word, place) => [word, place + 1]));
const textOfSix = textConfig({ lengthUnit: 'tokens', maxLength: 6 });

function vocabularyOf(
  settings: Parameters<typeof kerasConfig>[0],
  { numWords = 9, highestId = 8, text = textOfSix } = {},
) {
  const config = kerasConfig({ num_words: numWords, ...settings });
  const words = wordsById(index, config, { numWords: config.numWords ?? numWords, highestId });
  const all = { text, fixed: fixedVocabulary(config) };
  return parseVocabulary(new FixedVocabulary(words, all).serialize(), all);
}

const idsOf = (vocabulary: ReturnType<typeof vocabularyOf>, example: string) => [
  ...vocabulary.encode([example]).ids,
];

describe('the fixed vocabulary of keras-imdb', () => {
  it("reads a text as the data set's examples were read: small letters, Keras' marks gone, start in front", () => {
    const vocabulary = vocabularyOf({});
    expect(Array.from({ length: 10 }, (_, id) => vocabulary.token(id))).toEqual([
      ...['<pad>', '<sos>', '<unk>', '<unused-3>', 'the', 'and', 'film', "it's", 'good', undefined],
    ]);
    expect(idsOf(vocabulary, "The FILM (it's) good-great!")).toEqual([1, 4, 6, 7, 8, 2]);
    expect([0, 1, 2, 3, 4].map((id) => vocabulary.isOov(id))).toEqual([false, false, true, false, false]);
    expect([vocabulary.knownSize, vocabulary.idCount, vocabulary.oovBuckets]).toEqual([9, 9, 0]);
    expect(vocabulary.features('The bad')).toEqual(['<sos>', 'the', 'bad']);
  });

  it('cuts the ids, the start among them, at the end that text.keep says', () => {
    const example = 'the and film good the and film';
    const three = { ...textOfSix, maxLength: 3 };
    expect(idsOf(vocabularyOf({}, { text: three }), example)).toEqual([1, 4, 5]);
    expect(idsOf(vocabularyOf({}, { text: { ...three, keep: 'end' } }), example)).toEqual([4, 5, 6]);
  });

  it('leaves unknown words out without an oovChar, before the cut', () => {
    const two = vocabularyOf({ oov_char: null }, { text: { ...textOfSix, maxLength: 2 } });
    expect(idsOf(two, 'bad bad bad bad bad film')).toEqual([1, 6]);
    expect(vocabularyOf({ oov_char: null }).features('bad film')).toEqual(['<sos>', 'film']);
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
        const vocabulary = vocabularyOf({ oov_char }, { text: { ...textOfSix, keep } });
        const ids = vocabulary.features(read.join(' ')).map((name) => vocabulary.id(name));
        expect(idsOf(vocabulary, read.join(' '))).toEqual(ids);
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
