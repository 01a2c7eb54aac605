// Hashes of tokens and of runs of tokens: two 32-bit integers each. The first is fastText's (`Dictionary::hash` and
// `Dictionary::addWordNgrams`, there in 64 bits): FNV-1a over a token's letters, then a run's tokens joined by a multiplier.
// It decides the bucket of a run in a saved model, so it must never change. The second, of another kind, makes both
// together an identity: two of 10 million runs share all 64 bits with a probability of 3 in a million.

export const tokenStartA = 0x811c9dc5 | 0;
export const tokenStartB = 0x2545f491;

/** Adds a UTF-16 unit to a token's first hash. */
export const addUnitA = (hash: number, unit: number) => Math.imul(hash ^ unit, 0x01000193);

/** Adds a UTF-16 unit to a token's second hash. */
export function addUnitB(hash: number, unit: number): number {
  const mixed = Math.imul(hash ^ unit, 0x5bd1e995);
  return mixed ^ (mixed >>> 13);
}

/** Adds a token's first hash to that of the tokens before it. */
export const joinA = (before: number, token: number) => (Math.imul(before, 116_049_371) + token) | 0;

/** Adds a token's second hash to that of the tokens before it. */
export function joinB(before: number, token: number): number {
  const mixed = (Math.imul(before, 0x9e3779b1) + token) | 0;
  return mixed ^ (mixed >>> 15);
}

/** The first hash of a token. */
export function tokenHashA(token: string): number {
  let hash = tokenStartA;
  for (let unit = 0; unit < token.length; unit++) hash = addUnitA(hash, token.charCodeAt(unit));
  return hash;
}

/** The second hash of a token. */
export function tokenHashB(token: string): number {
  let hash = tokenStartB;
  for (let unit = 0; unit < token.length; unit++) hash = addUnitB(hash, token.charCodeAt(unit));
  return hash;
}

/** The bucket of a run of tokens by its first hash, from 0 up to below `buckets`. */
export function bucketOf(hash: number, buckets: number): number {
  // MurmurHash3's last step (fmix32): without it the last token alone would decide of the low bits.
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return (mixed >>> 0) % buckets;
}
