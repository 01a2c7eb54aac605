import { hash } from 'node:crypto';

/** 64 bits of a hash, as two signed integers of 32 bits. */
export type Hash64 = readonly [high: number, low: number];

/**
 * The first 64 bits of a text's SHA-1. Among a million texts two share them by chance with a probability of 3e-8
 * (n^2 / 2^65).
 */
export function hash64(text: string): Hash64 {
  const digest = hash('sha1', text, 'buffer');
  return [digest.readInt32LE(0), digest.readInt32LE(4)];
}
