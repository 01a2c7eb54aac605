import fc from 'fast-check';
import type { PackedSplit } from '../../src/batches/encoded-split.js';
import type { TokenIds } from '../../src/text/token-ids.js';

/** Examples of the given lengths; their ids count up from 1 through all of them, so that no two places hold the same. */
export function encodedOf(
  lengths: readonly number[],
  labels: readonly number[] = lengths.map(() => 0),
): PackedSplit & TokenIds {
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((length, example) => {
    offsets[example + 1] = offsets[example] + length;
  });
  const ids = Int32Array.from({ length: offsets[lengths.length] }, (_, place) => place + 1);
  return { ids, offsets, targets: { values: Int32Array.from(labels) } };
}

/** Up to 120 examples of 0 to 30 tokens with labels 0, 1 and 2. */
export const anyEncoded = fc
  .array(fc.record({ length: fc.nat(30), label: fc.nat(2) }), { maxLength: 120 })
  .map((examples) => {
    return encodedOf(
      examples.map(({ length }) => length),
      examples.map(({ label }) => label),
    );
  });
