import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';

const recurrent = 'model: { layers: [{ cell: gru }] }';

/** What is said of a config with these lines. */
function mistakesOf(...lines: string[]): string {
  try {
    parseConfig(lines.join('\n'), 'c.yaml');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('text settings that contradict others', () => {
  it.each([
    [
      'text: { keep: end }',
      recurrent,
      /^c\.yaml:1: text\.keep: end counts tokens, .* Set text\.lengthUnit to tokens\.$/,
    ],
    [
      'text: { lengthUnit: tokens, excerpts: windows }',
      recurrent,
      /text\.excerpts: windows, but text\.lengthUnit is tokens, .* to a number of parts\.$/,
    ],
    ['text: { excerpts: 1 }', recurrent, /text\.excerpts/],
    [
      'dataset: { name: keras-imdb }\ntext: { lengthUnit: tokens, excerpts: 2 }',
      recurrent,
      /text\.excerpts: 2, but keras-imdb has no texts to take them from\./,
    ],
    [
      'text: { ngrams: 2 }',
      recurrent,
      /^c\.yaml:1: text\.ngrams: 2, but a recurrent model .* averagedEmbedding\.$/,
    ],
    ['text: { ngrams: 2 }', 'model: { type: conv1d }', /text\.ngrams: 2, but a conv1d model/],
    [
      'text: { ngrams: 2 }',
      recurrent,
      /Set text\.ngrams to 1, give it model\.wide, which reads runs beside them,/,
    ],
    [
      'text: { ngramBuckets: 9 }',
      'model: { layers: [{ cell: gru }], wide: {} }',
      /text\.ngramBuckets: 9, but text\.ngrams is 1\./,
    ],
    [
      'text: { tokenizer: subwords, ngrams: 2 }',
      'model: { layers: [{ cell: gru }], wide: {} }',
      /text\.ngrams: 2, but subwords have no runs/,
    ],
    ['model: { type: conv1d, wide: {} }', '', /model\.wide/],
    ['model: { layers: [{ cell: gru }], wide: { ngrams: 2 } }', '', /model\.wide/],
    ['model: { layers: [{ cell: gru }], wide: { weighting: tfIdf } }', '', /model\.wide/],
    ['model: { layers: [{ cell: gru }], wide: { dropout: 1 } }', '', /model\.wide/],
    [
      'text: { ngramBuckets: 9 }',
      'model: { type: bagOfWords }',
      /text\.ngramBuckets: 9, but text\.ngrams is 1\./,
    ],
    ['dataset: { name: keras-imdb }', recurrent, /text\.lengthUnit: characters, but keras-imdb has word ids/],
    [
      'dataset: { name: keras-imdb }\ntext: { lengthUnit: tokens, ngrams: 2 }',
      'model: { type: bagOfWords }',
      /text\.ngrams: 2, but keras-imdb has words alone/,
    ],
    [
      'dataset: { name: keras-imdb }\ntext: { lengthUnit: tokens, tokenizer: punctuation }',
      recurrent,
      /text\.tokenizer: punctuation, but the words of keras-imdb/,
    ],
    [
      'dataset: { name: keras-imdb }\ntext: { lengthUnit: tokens, minimumCount: 3 }',
      recurrent,
      /text\.minimumCount: 3, .* dataset\.numWords\.$/,
    ],
    [
      'dataset: { name: keras-imdb, seed: 4294967296 }\ntext: { lengthUnit: tokens }',
      recurrent,
      /of at most 4294967295/,
    ],
    [
      'text: { keep: both }',
      recurrent,
      /text\.keep: both counts tokens, .* Set text\.lengthUnit to tokens\.$/,
    ],
    [
      'text: { tokenizer: words, letters: unicode }',
      recurrent,
      /text\.letters: unicode, .* text\.tokenizer is words, .* set text\.tokenizer to letters\.$/,
    ],
    [
      'text: { digits: zero }',
      recurrent,
      /text\.digits: zero, but the tokenizer letters leaves all digits out\./,
    ],
    [
      'text: { language: ja }',
      recurrent,
      /text\.language: ja, .* text\.tokenizer is letters\. .* text\.tokenizer to words\.$/,
    ],
    [
      'text: { tokenizer: subwords, ngrams: 2 }',
      'model: { type: bagOfWords }',
      /text\.ngrams: 2, but subwords have no runs\. Set text\.ngrams to 1/,
    ],
    [
      'text: { tokenizer: subwords, vocabularySize: 256 }',
      recurrent,
      /text\.vocabularySize: 256, .* Set text\.vocabularySize to 257 or more\.$/,
    ],
    [
      'text: { tokenizer: words, language: "j" }',
      recurrent,
      /text\.language: expected a language tag such as ja/,
    ],
  ])('are told with the next step: %s, %s', (settings, model, message) => {
    expect(mistakesOf(settings, model)).toMatch(message);
  });

  it.each([
    ['text: { lengthUnit: tokens, keep: end }', recurrent],
    ['text: { lengthUnit: tokens, excerpts: 2 }', recurrent],
    ['text: { lengthUnit: bytes, excerpts: windows }', recurrent],
    ['text: { ngrams: 3 }', 'model: { type: bagOfWords }'],
    ['text: { ngrams: 3, ngramBuckets: 9 }', 'model: { layers: [{ cell: gru }], wide: { dropout: 0.5 } }'],
    ['text: { tokenizer: subwords }', 'model: { layers: [{ cell: gru }], wide: {} }'],
    ['training: { rDrop: {} }', 'model: { layers: [{ cell: gru }], wide: { dropout: 0.5 } }'],
    ['text: { tokenizer: words, language: ja, digits: zero }', recurrent],
    ['text: { letters: unicode, digits: drop, accents: remove, normalize: NFKC, plain: true }', recurrent],
    ['text: { tokenizer: subwords, vocabularySize: 257, lengthUnit: tokens, keep: both }', recurrent],
    [
      'text: { ngrams: 2, ngramBuckets: 1000 }',
      'model: { type: averagedEmbedding }\ntraining: { optimizer: { name: fastText } }',
    ],
    ['dataset: { name: keras-imdb }\ntext: { lengthUnit: tokens }', recurrent],
    ['dataset: { name: keras-imdb }\ntext: { lengthUnit: tokens, tokenizer: keras }', recurrent],
  ])('do not include %s with %s', (settings, model) => {
    expect(mistakesOf(settings, model)).toBe('');
  });
});
