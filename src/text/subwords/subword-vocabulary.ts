import type { TextConfig } from '../../config/schema.js';
import { cutExamples } from '../cut-examples.js';
import type { InternedTokens } from '../interned-tokens.js';
import { lineError } from '../parse-lines.js';
import type { TokenIds } from '../token-ids.js';
import { paddingToken, type Vocabulary } from '../vocabulary.js';
import { wordBytes } from './byte-alphabet.js';
import { countWords } from './count-words.js';
import { learnMerges, type Merges } from './learn-merges.js';
import { readForSubwords } from './read-for-subwords.js';
import { makeSubwordEncoder, type SubwordEncoder } from './subword-encoder.js';
import { parseSubwordLines, subwordLines } from './subword-lines.js';
import { WordInterner } from './word-interner.js';

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
   * times. The result depends on how often each word occurs, and on nothing else.
   *
   * @param words whole texts, in words that subwords are made of
   */
  static learn(words: InternedTokens, text: TextConfig): SubwordVocabulary {
    const { vocabularySize, minimumCount } = text;
    const merges = learnMerges(countWords(words), { vocabularySize: vocabularySize - 1, minimumCount });
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
    const { ids, offsets } = this.#encoder.encode(texts.map((text) => readForSubwords(text, this.text)));
    return this.#cut({ ids: ids.map((id) => id + 1), offsets });
  }

  interner(): WordInterner {
    return new WordInterner(this.text);
  }

  /** A length in tokens counts subwords. */
  encodeInterned({ tokens, places }: InternedTokens): TokenIds {
    const idsOf = tokens.map((word) => this.#encoder.encodeBytes(wordBytes(word)).map((id) => id + 1));
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
    return this.#cut({ ids, offsets });
  }

  serialize(): string {
    return `${this.#tokens.join('\n')}\n`;
  }

  #cut(examples: TokenIds): TokenIds {
    return this.text.lengthUnit === 'tokens' ? cutExamples(examples, this.text) : examples;
  }
}
