import type { TextConfig } from '../../config/schema.js';
import { cutExamples } from '../cut-examples.js';
import { internTokens, TokenInterner } from '../intern-tokens.js';
import type { InternedTokens } from '../interned-tokens.js';
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

  constructor(
    merges: Merges,
    readonly text: TextConfig,
  ) {
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
  static fromCounts(counts: ReadonlyMap<string, number>, text: TextConfig): SubwordVocabulary {
    const { vocabularySize, minimumCount } = text;
    const words = new Map(Array.from(counts, ([word, count]) => [bytesAsText(bytesOf(word)), count]));
    const merges = learnMerges(words, { vocabularySize: vocabularySize - 1, minimumCount });
    return new SubwordVocabulary(merges, text);
  }

  /** Reads what {@link serialize} wrote. @throws UserError naming the first line that is wrong */
  static parse(fileContent: string, text: TextConfig): SubwordVocabulary {
    const [first, ...lines] = fileContent.replace(/\r?\n$/, '').split(/\r?\n/);
    if (first !== paddingToken) throw lineError(0, `expected ${paddingToken}, got "${first}"`);
    return new SubwordVocabulary(parseSubwordLines(lines, { firstLine: 1 }), text);
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

  features(text: string): string[] {
    return Array.from(this.encode([text]).ids, (id) => this.#tokens[id]);
  }

  encode(texts: readonly string[]): TokenIds {
    return this.encodeInterned(internTokens(texts, this.text));
  }

  interner(): TokenInterner {
    return new TokenInterner(this.text);
  }

  /** A length in tokens counts subwords. */
  encodeInterned({ tokens, places }: InternedTokens): TokenIds {
    const idsOf = tokens.map((word) => this.#encoder.encodeBytes(bytesOf(word)).map((id) => id + 1));
    const offsets = new Int32Array(places.offsets.length);
    for (let example = 0; example + 1 < offsets.length; example++) {
      let end = offsets[example];
      for (let word = places.offsets[example]; word < places.offsets[example + 1]; word++) {
        end += idsOf[places.ids[word]].length;
      }
      offsets[example + 1] = end;
    }
    const ids = new Int32Array(offsets[offsets.length - 1]);
    let end = 0;
    for (const place of places.ids) {
      for (const id of idsOf[place]) ids[end++] = id;
    }
    return this.text.lengthUnit === 'tokens' ? cutExamples({ ids, offsets }, this.text) : { ids, offsets };
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
