/** Ids in four bytes each, or in two where no id is above 65,535. */
export type IdArray = Int32Array | Uint16Array;

/** Token ids of several examples, laid end to end. */
export interface EncodedIds {
  /** All examples' ids, one example after the other. */
  readonly ids: IdArray;
  /** `[examples + 1]`: example `i` has `ids` from `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: Int32Array;
}

/** Integers of several examples (token ids, or other numbers of tokens), laid end to end. */
export interface TokenIds extends EncodedIds {
  readonly ids: Int32Array;
}
