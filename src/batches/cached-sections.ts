import type { IdArray } from '../text/token-ids.js';
import type { PackedSplit } from './encoded-split.js';

/** The byte arrays that a cache file holds for encoded examples: offsets, ids, targets, and offsets of targets if there are. */
export function toSections({ ids, offsets, targets }: PackedSplit): Uint8Array[] {
  const arrays = [offsets, ids, targets.values, ...(targets.offsets ? [targets.offsets] : [])];
  return arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

/**
 * Takes back what {@link toSections} gave, without copying: each section begins at a multiple of four bytes of its buffer.
 * How many bytes an id has follows from how many there are.
 */
export function fromSections(sections: readonly Uint8Array[]): PackedSplit {
  const [offsetBytes, idBytes, ...targetBytes] = sections;
  const offsets = integersIn(offsetBytes);
  const [values, targetOffsets] = targetBytes.map(integersIn);
  const targets = targetOffsets ? { values, offsets: targetOffsets } : { values };
  return { ids: idsIn(idBytes, offsets[offsets.length - 1]), offsets, targets };
}

function idsIn(bytes: Uint8Array, count: number): IdArray {
  if (bytes.byteLength > Uint16Array.BYTES_PER_ELEMENT * count) return integersIn(bytes);
  return new Uint16Array(bytes.buffer, bytes.byteOffset, count);
}

function integersIn(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Int32Array.BYTES_PER_ELEMENT);
}
