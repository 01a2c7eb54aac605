/** Integers of several examples (token ids, or other numbers of tokens), laid end to end. */
export interface TokenIds {
  /** All examples' integers, one example after the other. */
  readonly ids: Int32Array;
  /** `[examples + 1]`: example `i` has `ids` from `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: Int32Array;
}
