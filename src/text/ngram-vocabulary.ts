import { GrowingIntegers } from '../arrays/growing-integers.js';
import type { TextConfig } from '../config/schema.js';
import { fingerprint64 } from './fingerprint64.js';
import { internTokens, TokenInterner } from './intern-tokens.js';
import type { InternedTokens } from './interned-tokens.js';
import { joinA, joinB, tokenHashA, tokenHashB } from './ngram-hash.js';
import { NgramIndex } from './ngram-index.js';
import { ngramsOf } from './ngrams-of.js';
import type { TokenIds } from './token-ids.js';
import { tokenize } from './tokenize.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * Tokens and runs of tokens, each with an id of its own: after `<pad>` (id 0) the tokens, then the runs of two tokens,
 * of three, and so on, each kind by falling count. Unknown runs are left out, and so are unknown tokens where there are
 * no OOV buckets. A run is known only if its parts are.
 */
export class NgramVocabulary implements Vocabulary {
  readonly #index: NgramIndex;
  readonly #ngrams: number;

  private constructor(
    index: NgramIndex,
    readonly text: TextConfig,
  ) {
    this.#index = index;
    this.#ngrams = text.ngrams;
  }

  /**
   * Reads what {@link serialize} wrote.
   *
   * @throws UserError when the first line is not `<pad>`, or a line is empty or a repetition
   */
  static parse(fileContent: string, text: TextConfig): NgramVocabulary {
    const lines = fileContent.includes('\r\n') ? fileContent.replaceAll('\r\n', '\n') : fileContent;
    return new NgramVocabulary(new NgramIndex(lines.endsWith('\n') ? lines : `${lines}\n`), text);
  }

  get oovBuckets(): number {
    return this.text.oovBuckets;
  }

  get knownSize(): number {
    return this.#index.size;
  }

  get idCount(): number {
    return this.knownSize + this.oovBuckets;
  }

  isOov(id: number): boolean {
    return id >= this.knownSize;
  }

  token(id: number): string | undefined {
    return this.#index.line(id);
  }

  id(feature: string): number {
    const tokens = feature.split(' ');
    const a = tokens.map(tokenHashA).reduce(joinA);
    const b = tokens.map(tokenHashB).reduce(joinB);
    const id = this.#index.find(a, b);
    if (id > 0) return id;
    return tokens.length > 1 ? -1 : this.#unknownId(feature);
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
    const hashesA = Int32Array.from(tokens, tokenHashA);
    const hashesB = Int32Array.from(tokens, tokenHashB);
    const known = Int32Array.from(tokens, (_, place) => this.#index.find(hashesA[place], hashesB[place]));
    const idOf = known.map((id, place) => (id > 0 ? id : this.#unknownId(tokens[place])));
    const ids = new GrowingIntegers();
    const offsets = new Int32Array(places.offsets.length);
    for (let example = 0; example + 1 < offsets.length; example++) {
      const read = places.ids.subarray(places.offsets[example], places.offsets[example + 1]);
      for (const place of read) if (idOf[place] >= 0) ids.push(idOf[place]);
      // The runs that begin at each token: their hashes so far, and whether all of them was known.
      const runsA = read.map((place) => hashesA[place]);
      const runsB = read.map((place) => hashesB[place]);
      const found = read.map((place) => known[place]);
      for (let size = 2; size <= this.#ngrams; size++) {
        for (let start = 0; start + size <= read.length; start++) {
          if (found[start] === 0) continue;
          const last = read[start + size - 1];
          runsA[start] = joinA(runsA[start], hashesA[last]);
          runsB[start] = joinB(runsB[start], hashesB[last]);
          found[start] = known[last] === 0 ? 0 : this.#index.find(runsA[start], runsB[start]);
          if (found[start] > 0) ids.push(found[start]);
        }
      }
      offsets[example + 1] = ids.length;
    }
    return { ids: ids.toArray(), offsets };
  }

  serialize(): string {
    return this.#index.content;
  }

  #unknownId(token: string): number {
    if (this.oovBuckets === 0) return -1;
    return this.knownSize + Number(fingerprint64(token) % BigInt(this.oovBuckets));
  }
}
