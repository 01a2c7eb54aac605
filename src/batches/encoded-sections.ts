import type { EncodedSplit } from './encoded-split.js';

/** The byte arrays that a cache file holds for encoded examples: ids, offsets, labels. */
export function toSections({ ids, offsets, labels }: EncodedSplit): Uint8Array[] {
  return [ids, offsets, labels].map((array) => {
    return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  });
}

/** Takes back what {@link toSections} gave, without copying. */
export function fromSections(sections: readonly Uint8Array[]): EncodedSplit {
  const [ids, offsets, labels] = sections.map((bytes) => {
    return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Int32Array.BYTES_PER_ELEMENT);
  });
  return { ids, offsets, labels };
}
