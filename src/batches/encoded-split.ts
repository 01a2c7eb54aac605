import type { TokenIds } from '../text/token-ids.js';
import { subsetTargets, type Targets } from './targets.js';

/**
 * Examples as token ids, laid end to end: a few arrays whatever the number of examples. With `text.ngrams` above 1 an
 * example's tokens are followed by its runs of two tokens, of three, and so on.
 */
export interface EncodedSplit extends TokenIds {
  /** What is to be learnt of each example. */
  readonly targets: Targets;
}

/** Number of examples. */
export function exampleCount({ offsets }: TokenIds): number {
  return offsets.length - 1;
}

/** Number of tokens of one example; 0 for a text without a letter. */
export function exampleLength({ offsets }: TokenIds, example: number): number {
  return offsets[example + 1] - offsets[example];
}

/** A copy that holds only the examples asked for, in the order asked for. */
export function subset(encoded: EncodedSplit, examples: ArrayLike<number>): EncodedSplit {
  const chosen = Array.from(examples);
  const offsets = new Int32Array(chosen.length + 1);
  chosen.forEach((example, place) => {
    offsets[place + 1] = offsets[place] + exampleLength(encoded, example);
  });
  const ids = new Int32Array(offsets[chosen.length]);
  chosen.forEach((example, place) => {
    ids.set(encoded.ids.subarray(encoded.offsets[example], encoded.offsets[example + 1]), offsets[place]);
  });
  return { ids, offsets, targets: subsetTargets(encoded.targets, chosen) };
}

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
