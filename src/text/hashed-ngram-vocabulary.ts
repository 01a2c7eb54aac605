import type { TextConfig } from '../config/schema.js';
import { internTokens, TokenInterner } from './intern-tokens.js';
import type { InternedTokens } from './interned-tokens.js';
import { bucketOf, joinA, tokenHashA } from './ngram-hash.js';
import { ngramOffsets } from './ngram-offsets.js';
import { ngramsOf } from './ngrams-of.js';
import type { TokenIds } from './token-ids.js';
import { tokenize } from './tokenize.js';
import type { Vocabulary } from './vocabulary.js';
import type { WordVocabulary } from './word-vocabulary.js';

/**
 * Tokens by a vocabulary of words; runs of two and more tokens share `ngramBuckets` ids behind its own, chosen by a hash,
 * as in fastText (Joulin et al., "Bag of Tricks for Efficient Text Classification", 2016). A run's bucket comes from its
 * letters, known tokens or not.
 */
export class HashedNgramVocabulary implements Vocabulary {
  readonly #words: WordVocabulary;
  readonly #ngrams: number;
  readonly #buckets: number;

  /** @param words its settings tell how many runs of tokens share how many ids, too */
  constructor(words: WordVocabulary) {
    this.#words = words;
    this.#ngrams = words.text.ngrams;
    this.#buckets = words.text.ngramBuckets;
  }

  get text(): TextConfig {
    return this.#words.text;
  }

  get knownSize(): number {
    return this.#words.knownSize;
  }

  get oovBuckets(): number {
    return this.#words.oovBuckets;
  }

  get idCount(): number {
    return this.#words.idCount + this.#buckets;
  }

  isOov(id: number): boolean {
    return id < this.#words.idCount && this.#words.isOov(id);
  }

  token(id: number): string | undefined {
    return this.#words.token(id);
  }

  id(feature: string): number {
    const [first, ...rest] = feature.split(' ').map(tokenHashA);
    if (rest.length === 0) return this.#words.id(feature);
    return this.#words.idCount + bucketOf(rest.reduce(joinA, first), this.#buckets);
  }

  features(text: string): string[] {
    return ngramsOf(tokenize(text, this.text), this.#ngrams);
  }

  encode(texts: readonly string[]): TokenIds {
    return this.encodeInterned(internTokens(texts, this.text));
  }

  interner(): TokenInterner {
    return new TokenInterner(this.text);
  }

  encodeInterned({ tokens, places }: InternedTokens): TokenIds {
    const idOf = Int32Array.from(tokens, (token) => this.#words.id(token));
    const hashOf = Int32Array.from(tokens, tokenHashA);
    const firstBucket = this.#words.idCount;
    const offsets = ngramOffsets(places.offsets, this.#ngrams);
    const ids = new Int32Array(offsets[offsets.length - 1]);
    for (let example = 0; example + 1 < offsets.length; example++) {
      const read = places.ids.subarray(places.offsets[example], places.offsets[example + 1]);
      const hashes = read.map((place) => hashOf[place]);
      let end = offsets[example];
      for (const place of read) ids[end++] = idOf[place];
      for (let size = 2; size <= this.#ngrams; size++) {
        for (let start = 0; start + size <= read.length; start++) {
          hashes[start] = joinA(hashes[start], hashOf[read[start + size - 1]]);
          ids[end++] = firstBucket + bucketOf(hashes[start], this.#buckets);
        }
      }
    }
    return { ids, offsets };
  }

  serialize(): string {
    return this.#words.serialize();
  }
}
