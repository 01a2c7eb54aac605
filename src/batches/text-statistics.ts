import type { Vocabulary } from '../text/vocabulary.js';
import type { EncodedSplit } from './encoded-split.js';
import { exampleCount, exampleLength, idsOfExample, tokenCount } from './encoded-split.js';

/** What counting the tokens of a split found. */
export interface TextStatistics {
  readonly examples: number;
  /** All tokens of all examples. */
  readonly tokens: number;
  /** Different tokens, `<pad>` counted as one of them. */
  readonly distinctTokens: number;
  /** The most common tokens and how often each occurs, the most common first. */
  readonly mostCommon: readonly (readonly [token: string, count: number])[];
}

/** Share of the tokens, from 0 to 1, that the vocabulary does not know; 0 where there are no tokens. */
export function oovShare(encoded: EncodedSplit, vocabulary: Vocabulary): number {
  let unknown = 0;
  for (let example = 0; example < exampleCount(encoded); example++) {
    for (const id of idsOfExample(encoded, example)) if (vocabulary.isOov(id)) unknown++;
  }
  const tokens = tokenCount(encoded);
  return tokens === 0 ? 0 : unknown / tokens;
}

/** The lengths of a split's examples, in tokens. */
export interface LengthStatistics {
  readonly mean: number;
  readonly max: number;
  /** Bins of equal width from 0 up to the longest example: examples of `from` to `to` tokens, both included. */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly examples: number }[];
}

/** Counts examples by length into at most `bins` bins; their width is a round number (1, 2 or 5 times a power of ten). */
export function lengthStatistics(encoded: EncodedSplit, { bins = 20 } = {}): LengthStatistics {
  const examples = exampleCount(encoded);
  const lengths = Int32Array.from({ length: examples }, (_, example) => exampleLength(encoded, example));
  const max = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  const width = roundWidth((max + 1) / bins);
  const counts = new Int32Array(Math.ceil((max + 1) / width));
  for (const length of lengths) counts[Math.floor(length / width)]++;
  const histogram = Array.from(counts, (count, bin) => {
    return { from: bin * width, to: (bin + 1) * width - 1, examples: count };
  });
  return { mean: examples === 0 ? 0 : tokenCount(encoded) / examples, max, histogram };
}

function roundWidth(atLeast: number): number {
  for (let power = 1; ; power *= 10) {
    const width = [1, 2, 5].map((digit) => digit * power).find((candidate) => candidate >= atLeast);
    if (width !== undefined) return width;
  }
}
