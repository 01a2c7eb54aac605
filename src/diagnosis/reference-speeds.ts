import type { VectorBits } from '../backends/wasm/vector-bits.js';

/** What was measured on a machine that did nothing else: two cores of an AMD EPYC with AVX-512, a virtual machine. */
export interface ReferenceSpeed {
  readonly vectorBits: VectorBits;
  readonly threads: number;
  /** Node.js, by its major version. */
  readonly node: number;
  /** Examples a second of `gru2-lecture` training, batch 32, 54.1 tokens an example. */
  readonly examplesPerSecond: number;
}

/** `npm run bench`, medians of 3 rounds of 100 steps; the table of the README. */
export const referenceSpeeds: readonly ReferenceSpeed[] = [
  { vectorBits: 256, threads: 2, node: 24, examplesPerSecond: 2235 },
  { vectorBits: 256, threads: 1, node: 24, examplesPerSecond: 1307 },
  { vectorBits: 128, threads: 2, node: 24, examplesPerSecond: 1258 },
];

/** Matrix products of one of those cores, in 10^9 multiplications and additions a second, by the width of its registers. */
export const referenceGflops: Readonly<Record<VectorBits, number>> = { 128: 57, 256: 113 };

/** What was measured with the same registers and as many threads, or the nearest number of them. */
export function referenceFor({
  vectorBits,
  threads,
}: {
  readonly vectorBits: VectorBits;
  readonly threads: number;
}): ReferenceSpeed {
  const distance = (reference: ReferenceSpeed) => Math.abs(reference.threads - threads);
  return referenceSpeeds
    .filter((reference) => reference.vectorBits === vectorBits)
    .sort((one, other) => distance(one) - distance(other))[0];
}
