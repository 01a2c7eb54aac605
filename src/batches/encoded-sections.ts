import type { EncodedSplit } from './encoded-split.js';

/** The byte arrays that a cache file holds for encoded examples: ids, offsets, targets, and offsets of targets if there are. */
export function toSections({ ids, offsets, targets }: EncodedSplit): Uint8Array[] {
  const arrays = [ids, offsets, targets.values, ...(targets.offsets ? [targets.offsets] : [])];
  return arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

/** Takes back what {@link toSections} gave, without copying. */
export function fromSections(sections: readonly Uint8Array[]): EncodedSplit {
  const [ids, offsets, values, targetOffsets] = sections.map((bytes) => {
    return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Int32Array.BYTES_PER_ELEMENT);
  });
  return { ids, offsets, targets: targetOffsets ? { values, offsets: targetOffsets } : { values } };
}
