import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growVocabulary } from '../../src/text/grow-vocabulary.js';
import { HashedNgramVocabulary } from '../../src/text/hashed-ngram-vocabulary.js';
import { WordVocabulary } from '../../src/text/word-vocabulary.js';
import { textConfig } from './text-config.js';

const counts = new Map([
  ['film', 9],
  ['lamp', 3],
  ['parcel', 3],
  ['order', 5],
  ['once', 1],
]);

function vocabularyOf({ oovBuckets, ngramBuckets }: { oovBuckets: number; ngramBuckets: number }) {
  const ngrams = ngramBuckets > 0 ? 2 : 1;
  const text = textConfig({ oovBuckets, ngrams, ngramBuckets });
  const first = oovBuckets > 0 ? '<pad>\n' : '<pad>\n<unk>\n';
  const words = WordVocabulary.parse(`${first}the\nfilm\n`, text);
  return ngrams > 1 ? new HashedNgramVocabulary(words) : words;
}

describe('growVocabulary', () => {
  it('appends the most frequent new words behind the known ones, which keep their ids', () => {
    const former = vocabularyOf({ oovBuckets: 4, ngramBuckets: 0 });
    const { vocabulary, added } = growVocabulary(former, counts, { limit: 2 });
    expect(added).toEqual(['order', 'lamp']);
    expect(vocabulary.serialize()).toBe('<pad>\nthe\nfilm\norder\nlamp\n');
    expect([vocabulary.knownSize, vocabulary.idCount]).toEqual([5, 9]);
    expect(['the', 'film'].map((word) => vocabulary.id(word))).toEqual([1, 2]);
  });

  it('says of which id each new one takes the place: a new word of the bucket that it shared', () => {
    const former = vocabularyOf({ oovBuckets: 4, ngramBuckets: 0 });
    const { formerIds } = growVocabulary(former, counts, { limit: 2 });
    expect([...formerIds]).toEqual([0, 1, 2, former.id('order'), former.id('lamp'), 3, 4, 5, 6]);
    const unknown = vocabularyOf({ oovBuckets: 0, ngramBuckets: 0 });
    expect([...growVocabulary(unknown, counts, { limit: 1 }).formerIds]).toEqual([0, 1, 2, 3, 1]);
  });

  it('leaves rare words out, and adds none where there are none, or where none may be added', () => {
    const former = vocabularyOf({ oovBuckets: 4, ngramBuckets: 0 });
    expect(growVocabulary(former, counts, { limit: 9, minimumCount: 4 }).added).toEqual(['order']);
    expect(growVocabulary(former, counts, { limit: 0 }).vocabulary).toBe(former);
    expect(growVocabulary(former, new Map([['the', 3]]), { limit: 9 }).added).toEqual([]);
  });

  it('reads every text as before, if each id is taken for the one whose place it takes', () => {
    const word = fc.constantFrom('the', 'film', 'lamp', 'parcel', 'order', 'once', 'other');
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.constantFrom(0, 1, 7),
        fc.constantFrom(0, 50),
        fc.integer({ min: 0, max: 6 }),
        (words, oovBuckets, ngramBuckets, limit) => {
          const former = vocabularyOf({ oovBuckets, ngramBuckets });
          const { vocabulary, formerIds } = growVocabulary(former, counts, { limit });
          const { ids } = vocabulary.encode([words.join(' ')]);
          const before = former.encode([words.join(' ')]);
          expect(Array.from(ids, (id) => formerIds[id])).toEqual([...before.ids]);
          expect(formerIds).toHaveLength(vocabulary.idCount);
        },
      ),
    );
  });

  it('leaves a vocabulary of subwords, or of runs of tokens with ids of their own, as it is', () => {
    const text = textConfig({ ngrams: 2, ngramBuckets: 0 });
    const former = { text, isOov: () => true, id: () => 1, serialize: () => '', knownSize: 2, idCount: 2 };
    const grown = growVocabulary(former as never, counts, { limit: 9 });
    expect([grown.vocabulary, grown.added, [...grown.formerIds]]).toEqual([former, [], [0, 1]]);
  });
});
