import type { PackedIntegers } from '../arrays/packed-integers.js';
import type { IdArray, TokenIds } from './token-ids.js';

/** Examples as numbers of their distinct tokens. */
export class InternedTokens {
  /** The distinct tokens, in the order in which they first occur. */
  readonly tokens: readonly string[];
  /** `[examples + 1]`: where the tokens of each example begin among those of all, and where the last one's end. */
  readonly offsets: Int32Array;
  readonly #places: PackedIntegers;

  /** @param places for each token of each example its place in `tokens`, in reading order */
  constructor(
    tokens: readonly string[],
    { places, offsets }: { places: PackedIntegers; offsets: Int32Array },
  ) {
    this.tokens = tokens;
    this.offsets = offsets;
    this.#places = places;
  }

  /** How many tokens all examples have. */
  get tokenCount(): number {
    return this.#places.length;
  }

  /** For each token of each example its place in `tokens`, in reading order; made anew whenever it is asked for. */
  get places(): TokenIds {
    return { ids: this.#places.toArray(), offsets: this.offsets };
  }

  /** `[tokens]`: how often each distinct token occurs. */
  occurrences(): Int32Array {
    const occurrences = new Int32Array(this.tokens.length);
    for (const portion of this.#places.portions()) {
      for (const place of portion) occurrences[place]++;
    }
    return occurrences;
  }

  /**
   * The examples with a number for each token.
   *
   * @param idOf `[tokens]`; the ids have as many bytes as these
   */
  translated<Ids extends IdArray>(idOf: Ids): { ids: Ids; offsets: Int32Array };
  translated(idOf: IdArray): { ids: IdArray; offsets: Int32Array } {
    const { tokenCount, offsets } = this;
    const ids = idOf instanceof Uint16Array ? new Uint16Array(tokenCount) : new Int32Array(tokenCount);
    let end = 0;
    for (const portion of this.#places.portions()) {
      for (const place of portion) ids[end++] = idOf[place];
    }
    return { ids, offsets };
  }
}
