/** Numbers the tokens of texts: equal ones have the same number, counted from 0 in the order in which they first occur. */
export interface TokenReader {
  /** Appends the number of each token of a text, in reading order. */
  readonly read: (text: string, numbers: { push(number: number): void }) => void;
  /** The different tokens by their numbers. */
  readonly tokens: () => string[];
}
