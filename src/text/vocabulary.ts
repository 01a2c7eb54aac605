import type { TextConfig } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { fingerprint64 } from './fingerprint64.js';

/** The token of id 0, which fills short rows of a batch. No text contains it: cleaning removes `<` and `>`. */
export const paddingToken = '<pad>';

/**
 * Tokens and their ids. Id 0 is `<pad>`, then come the known tokens, the most frequent first, then `oovBuckets` ids that
 * all other tokens share: known size + (FarmHash fingerprint modulo buckets), as TensorFlow's StaticVocabularyTable has
 * it (lecture items 13 and 14).
 */
export class Vocabulary {
  readonly #tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #buckets: bigint;

  private constructor(
    tokens: readonly string[],
    /** How many ids unknown tokens share. */
    readonly oovBuckets: number,
  ) {
    this.#tokens = tokens;
    this.#ids = new Map(tokens.map((token, id) => [token, id]));
    this.#buckets = BigInt(oovBuckets);
  }

  /**
   * The `vocabularySize` - 1 most frequent tokens after `<pad>`; fewer where the text has fewer. Tokens that occur
   * equally often are put in the order of their letters' codes, so that the order in which reviews are read, which
   * differs between an archive and a folder, does not matter.
   */
  static fromCounts(counts: ReadonlyMap<string, number>, config: TextConfig): Vocabulary {
    const known = mostFrequent(counts, config.vocabularySize - 1).map(([token]) => token);
    return new Vocabulary([paddingToken, ...known], config.oovBuckets);
  }

  /**
   * Reads what {@link serialize} wrote.
   *
   * @throws UserError when the first line is not `<pad>`, or a line is empty or a repetition
   */
  static parse(fileContent: string, oovBuckets: number): Vocabulary {
    const tokens = fileContent.replace(/\r?\n$/, '').split(/\r?\n/);
    const hint = 'The file was changed or damaged; take it from a whole run folder again.';
    if (tokens[0] !== paddingToken) {
      throw new UserError(`vocabulary, line 1: expected ${paddingToken}, got "${tokens[0]}"`, hint);
    }
    const seen = new Set<string>();
    const wrong = tokens.findIndex((token) => token === '' || seen.size === seen.add(token).size);
    if (wrong >= 0) {
      const fault = tokens[wrong] === '' ? 'is empty' : `repeats "${tokens[wrong]}"`;
      throw new UserError(`vocabulary, line ${wrong + 1} ${fault}; expected one new token a line`, hint);
    }
    return new Vocabulary(tokens, oovBuckets);
  }

  /** Known tokens, `<pad>` included; the first OOV bucket has this id. */
  get knownSize(): number {
    return this.#tokens.length;
  }

  /** All ids: known tokens and OOV buckets; the rows of an embedding. */
  get idCount(): number {
    return this.knownSize + this.oovBuckets;
  }

  /** The id of a token, known or not: an integer in [0, idCount). */
  id(token: string): number {
    return this.#ids.get(token) ?? this.knownSize + Number(fingerprint64(token) % this.#buckets);
  }

  /** Whether an id is that of an OOV bucket. */
  isOov(id: number): boolean {
    return id >= this.knownSize;
  }

  /** The token of an id; `undefined` for an OOV bucket, which stands for many. */
  token(id: number): string | undefined {
    return this.#tokens[id];
  }

  /** One token a line, the line's number (from 0) being its id; ends with a line feed. */
  serialize(): string {
    return `${this.#tokens.join('\n')}\n`;
  }
}

/** The `limit` most frequent tokens with their counts, ties in the order of their letters' codes. */
export function mostFrequent(
  counts: ReadonlyMap<string, number>,
  limit: number,
): [token: string, count: number][] {
  // Most tokens of a text are rare: only those at or above the limit's count need the slow sort.
  const ascending = Int32Array.from(counts.values()).sort();
  const least = ascending[Math.max(0, ascending.length - limit)];
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort(([token, count], [otherToken, otherCount]) => otherCount - count || (token < otherToken ? -1 : 1))
    .slice(0, limit);
}
