import { bytesOf, floatsIn, integersIn } from '../arrays/array-bytes.js';
import type { IdArray } from '../text/token-ids.js';
import { exampleCount, type PackedSplit } from './encoded-split.js';
import { featuresOf } from './example-features.js';

/**
 * The byte arrays that a cache file holds for encoded examples: offsets, ids, targets, and offsets of targets if there are.
 * Where there are weights, features or excerpts, all of seven, those that are absent empty.
 */
export function toSections({ ids, offsets, targets, weights, features, texts }: PackedSplit): Uint8Array[] {
  const arrays: (IdArray | Float32Array)[] = [offsets, ids, targets.values];
  if (weights || features || texts) {
    const none = new Float32Array();
    arrays.push(targets.offsets ?? none, weights ?? none, features?.values ?? none, texts ?? none);
  } else if (targets.offsets) arrays.push(targets.offsets);
  return arrays.map(bytesOf);
}

/**
 * Takes back what {@link toSections} gave, without copying: each section begins at a multiple of four bytes of its buffer.
 * How many bytes an id has follows from how many there are.
 */
export function fromSections(sections: readonly Uint8Array[]): PackedSplit {
  const [offsetBytes, idBytes, valueBytes, targetOffsetBytes, ...besideBytes] = sections;
  const [weightBytes, featureBytes, textBytes] = besideBytes;
  const offsets = integersIn(offsetBytes);
  const values = integersIn(valueBytes);
  return {
    ids: idsIn(idBytes, offsets[offsets.length - 1]),
    offsets,
    targets: targetOffsetBytes?.length ? { values, offsets: integersIn(targetOffsetBytes) } : { values },
    ...(weightBytes?.length && { weights: floatsIn(weightBytes) }),
    ...(featureBytes?.length && {
      features: featuresOf(floatsIn(featureBytes), exampleCount({ offsets })),
    }),
    ...(textBytes?.length && { texts: integersIn(textBytes) }),
  };
}

function idsIn(bytes: Uint8Array, count: number): IdArray {
  if (bytes.byteLength > Uint16Array.BYTES_PER_ELEMENT * count) return integersIn(bytes);
  return new Uint16Array(bytes.buffer, bytes.byteOffset, count);
}
