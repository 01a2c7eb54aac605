/** Integers of several reviews (token ids, or other numbers of tokens), laid end to end. */
export interface TokenIds {
  /** All reviews' integers, one review after the other. */
  readonly ids: Int32Array;
  /** `[reviews + 1]`: review `i` has `ids` from `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: Int32Array;
}
