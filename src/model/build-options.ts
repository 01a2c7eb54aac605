/** What a model needs to know beside its config. */
export interface BuildOptions {
  /** Rows of the embedding: known words, padding among them, and OOV and n-gram buckets. */
  idCount: number;
  labelCount: number;
  seed: number;
}
