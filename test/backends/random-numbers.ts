import { Random } from '../../src/random/random.js';

/** Numbers in [-scale, scale), rounded to float32; the same seed gives the same ones. */
export function randomNumbers(count: number, { seed = 1, scale = 1 } = {}): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => scale * (2 * random.next() - 1));
}

/** Whole numbers from `from` up to, not including, `to`. */
export function randomIntegers(
  count: number,
  { from = 0, to, seed = 1 }: { from?: number; to: number; seed?: number },
): Int32Array {
  const random = new Random(seed);
  return Int32Array.from({ length: count }, () => from + random.integer(to - from));
}
