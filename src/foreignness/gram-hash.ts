/** Characters (UTF-16 units) of the longest runs that are looked at. */
export const longestGram = 6;

/** 2^32 divided by the golden ratio, made odd: Knuth's multiplier of Fibonacci hashing. */
const golden = 0x9e3779b1 | 0;

/** Its powers modulo 2^32, by length of a run. */
const powers = Int32Array.from({ length: longestGram + 1 }, (_, length) => {
  let power = 1;
  for (let times = 0; times < length; times++) power = Math.imul(power, golden);
  return power;
});

/** Polynomial hashes of a text's beginnings, `[characters + 1]`: those of all its runs follow from them (Karp and Rabin 1987). */
export function hashBeginnings(text: string): Int32Array {
  const hashes = new Int32Array(text.length + 1);
  for (let at = 0; at < text.length; at++) {
    hashes[at + 1] = Math.imul(hashes[at], golden) + text.charCodeAt(at) + 1;
  }
  return hashes;
}

/**
 * A key, of 32 bits with a sign, of the run of so many characters before `end`: its hash and length, all bits mixed (the last step of MurmurHash3);
 * never 0, which marks what is free.
 */
export function gramKey(beginnings: Int32Array, end: number, length: number): number {
  let key = (beginnings[end] - Math.imul(beginnings[end - length], powers[length]) + length) | 0;
  key = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  key = Math.imul(key ^ (key >>> 13), 0xc2b2ae35);
  return key ^ (key >>> 16) || 1;
}

/** 1 to 2,047: what a table keeps of a key to tell runs of one slot apart. */
export function gramTag(key: number): number {
  return Math.imul(key, golden) >>> 21 || 1;
}
