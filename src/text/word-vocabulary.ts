import type { TextConfig } from '../config/schema.js';
import { fingerprint64 } from './fingerprint64.js';
import { internTokens, TokenInterner } from './intern-tokens.js';
import type { InternedTokens } from './interned-tokens.js';
import { mostFrequent } from './most-frequent.js';
import { narrowIds } from './narrow-ids.js';
import { parseLines } from './parse-lines.js';
import type { EncodedIds, TokenIds } from './token-ids.js';
import { tokenize } from './tokenize.js';
import { paddingToken, unknownToken, type Vocabulary } from './vocabulary.js';

/**
 * Tokens and their ids. Id 0 is `<pad>`, then come the known tokens, the most frequent first, then `oovBuckets` ids that
 * all other tokens share: known size + (FarmHash fingerprint modulo buckets), as TensorFlow's StaticVocabularyTable has
 * it (lecture items 13 and 14). Without buckets id 1 is `<unk>`, which stands for all other tokens.
 */
export class WordVocabulary implements Vocabulary {
  readonly #tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #buckets: bigint;

  private constructor(
    tokens: readonly string[],
    readonly text: TextConfig,
  ) {
    this.#tokens = tokens;
    this.#ids = new Map(tokens.map((token, id) => [token, id]));
    this.#buckets = BigInt(text.oovBuckets);
  }

  /**
   * The most frequent tokens after `<pad>` (and `<unk>`), up to `vocabularySize` in all; fewer where the text has fewer,
   * or fewer that occur `minimumCount` times. Tokens that occur equally often are put in the order of their letters'
   * codes, so that the order in which examples are read, which differs between an archive and a folder, does not matter.
   */
  static fromCounts(counts: ReadonlyMap<string, number>, text: TextConfig): WordVocabulary {
    const special = specialTokens(text.oovBuckets);
    const known = mostFrequent(counts, text.vocabularySize - special.length)
      .filter(([, count]) => count >= text.minimumCount)
      .map(([token]) => token);
    return new WordVocabulary([...special, ...known], text);
  }

  /**
   * Reads what {@link serialize} wrote.
   *
   * @throws UserError when the file does not begin with `<pad>` (and `<unk>`), or a line is empty or a repetition
   */
  static parse(fileContent: string, text: TextConfig): WordVocabulary {
    return new WordVocabulary(parseLines(fileContent, specialTokens(text.oovBuckets)), text);
  }

  get oovBuckets(): number {
    return this.text.oovBuckets;
  }

  get knownSize(): number {
    return this.#tokens.length;
  }

  get idCount(): number {
    return this.knownSize + this.oovBuckets;
  }

  id(token: string): number {
    return this.#ids.get(token) ?? this.#unknownId(token);
  }

  isOov(id: number): boolean {
    return this.oovBuckets > 0 ? id >= this.knownSize : id === unknownId;
  }

  token(id: number): string | undefined {
    return this.#tokens[id];
  }

  features(text: string): string[] {
    return tokenize(text, this.text);
  }

  encode(texts: readonly string[]): TokenIds {
    const interned = internTokens(texts, this.text);
    return interned.translated(this.#idsOf(interned));
  }

  interner(): TokenInterner {
    return new TokenInterner(this.text);
  }

  encodeInterned(interned: InternedTokens): EncodedIds {
    return interned.translated(narrowIds(this.#idsOf(interned), this));
  }

  serialize(): string {
    return `${this.#tokens.join('\n')}\n`;
  }

  #idsOf({ tokens }: InternedTokens): Int32Array {
    return Int32Array.from(tokens, (token) => this.id(token));
  }

  #unknownId(token: string): number {
    if (this.oovBuckets === 0) return unknownId;
    return this.knownSize + Number(fingerprint64(token) % this.#buckets);
  }
}

const unknownId = 1;

function specialTokens(oovBuckets: number): string[] {
  return oovBuckets > 0 ? [paddingToken] : [paddingToken, unknownToken];
}
