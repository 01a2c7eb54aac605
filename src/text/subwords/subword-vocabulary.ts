import type { TextConfig } from '../../config/schema.js';
import { cutReviews } from '../cut-reviews.js';
import { type InternedTokens, internTokens } from '../intern-tokens.js';
import { lineError } from '../parse-lines.js';
import type { TokenIds } from '../token-ids.js';
import { paddingToken, type Vocabulary } from '../vocabulary.js';
import { bytesAsText, lettersAsBytes } from './byte-alphabet.js';
import { learnMerges, type Merges } from './learn-merges.js';
import { makeSubwordEncoder, type SubwordEncoder } from './subword-encoder.js';
import { parseSubwordLines, subwordLines } from './subword-lines.js';

/**
 * Subwords and their ids. Id 0 is `<pad>`, then come the 256 bytes and what was merged of them; nothing is unknown, so
 * `text.oovBuckets` has no say. A token is written in the byte alphabet: ` film` is `Ġfilm`.
 */
export class SubwordVocabulary implements Vocabulary {
  readonly oovBuckets = 0;
  readonly #tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #encoder: SubwordEncoder;

  constructor(merges: Merges) {
    this.#tokens = [paddingToken, ...subwordLines(merges)];
    this.#ids = new Map(this.#tokens.map((token, id) => [token, id]));
    this.#encoder = makeSubwordEncoder(merges);
  }

  /**
   * Learns subwords: `vocabularySize` ids with `<pad>`, fewer where the texts have fewer pairs that occur `minimumCount`
   * times.
   *
   * @param counts the words that `tokenize` gives for subwords, with their counts
   */
  static fromCounts(
    counts: ReadonlyMap<string, number>,
    { vocabularySize, minimumCount }: Pick<TextConfig, 'vocabularySize' | 'minimumCount'>,
  ): SubwordVocabulary {
    const words = new Map(Array.from(counts, ([word, count]) => [bytesAsText(bytesOf(word)), count]));
    return new SubwordVocabulary(learnMerges(words, { vocabularySize: vocabularySize - 1, minimumCount }));
  }

  /** Reads what {@link serialize} wrote. @throws UserError naming the first line that is wrong */
  static parse(fileContent: string): SubwordVocabulary {
    const [first, ...lines] = fileContent.replace(/\r?\n$/, '').split(/\r?\n/);
    if (first !== paddingToken) throw lineError(0, `expected ${paddingToken}, got "${first}"`);
    return new SubwordVocabulary(parseSubwordLines(lines, { firstLine: 1 }));
  }

  get knownSize(): number {
    return this.#tokens.length;
  }

  get idCount(): number {
    return this.#tokens.length;
  }

  isOov(): boolean {
    return false;
  }

  token(id: number): string | undefined {
    return this.#tokens[id];
  }

  id(token: string): number {
    return this.#ids.get(token) ?? -1;
  }

  features(review: string, text: TextConfig): string[] {
    return Array.from(this.encode([review], text).ids, (id) => this.#tokens[id]);
  }

  encode(reviews: readonly string[], text: TextConfig): TokenIds {
    return this.encodeInterned(internTokens(reviews, text), text);
  }

  /** {@link encode} for reviews that are words already. A length in tokens counts subwords. */
  encodeInterned({ tokens, places }: InternedTokens, text: TextConfig): TokenIds {
    const idsOf = tokens.map((word) => this.#encoder.encodeBytes(bytesOf(word)).map((id) => id + 1));
    const offsets = new Int32Array(places.offsets.length);
    for (let review = 0; review + 1 < offsets.length; review++) {
      let end = offsets[review];
      for (let word = places.offsets[review]; word < places.offsets[review + 1]; word++) {
        end += idsOf[places.ids[word]].length;
      }
      offsets[review + 1] = end;
    }
    const ids = new Int32Array(offsets[offsets.length - 1]);
    let end = 0;
    for (const place of places.ids) {
      for (const id of idsOf[place]) ids[end++] = id;
    }
    return text.lengthUnit === 'tokens' ? cutReviews({ ids, offsets }, text) : { ids, offsets };
  }

  serialize(): string {
    return `${this.#tokens.join('\n')}\n`;
  }
}

/** The bytes of a word that `tokenize` gave. */
function bytesOf(word: string): Uint8Array {
  const bytes = lettersAsBytes(word);
  if (bytes === undefined) throw new Error(`"${word}" is not written in the byte alphabet`);
  return bytes;
}
