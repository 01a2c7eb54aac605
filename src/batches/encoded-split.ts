import type { TokenIds } from '../text/token-ids.js';
import { type ExampleFeatures, featuresOf, subsetFeatures } from './example-features.js';
import { subsetTargets, type Targets } from './targets.js';

/**
 * Examples as token ids, laid end to end: a few arrays whatever the number of examples. With `text.ngrams` above 1 an
 * example's tokens are followed by its runs of two tokens, of three, and so on.
 */
export interface EncodedSplit extends TokenIds {
  /** What is to be learnt of each example. */
  readonly targets: Targets;
  /** `[examples]`: how much each counts in training, from 0 up. Absent where all count alike. */
  readonly weights?: Float32Array;
  /** Numbers beside the texts; absent where there are none. */
  readonly features?: ExampleFeatures;
}

/** Number of examples. */
export function exampleCount({ offsets }: Pick<TokenIds, 'offsets'>): number {
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
  const { weights, features } = encoded;
  return {
    ...{ ids, offsets, targets: subsetTargets(encoded.targets, chosen) },
    ...(weights && { weights: Float32Array.from(chosen, (example) => weights[example]) }),
    ...(features && { features: subsetFeatures(features, chosen) }),
  };
}

/**
 * The byte arrays that a cache file holds for encoded examples: ids, offsets, targets, and offsets of targets if there are.
 * Where there are weights or features, all of six, those that are absent empty.
 */
export function toSections({ ids, offsets, targets, weights, features }: EncodedSplit): Uint8Array[] {
  const arrays: (Int32Array | Float32Array)[] = [ids, offsets, targets.values];
  if (weights || features) {
    const none = new Float32Array();
    arrays.push(targets.offsets ?? none, weights ?? none, features?.values ?? none);
  } else if (targets.offsets) arrays.push(targets.offsets);
  return arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

/** Takes back what {@link toSections} gave, without copying. */
export function fromSections(sections: readonly Uint8Array[]): EncodedSplit {
  const [ids, offsets, values, targetOffsets] = sections.map((bytes) => {
    return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Int32Array.BYTES_PER_ELEMENT);
  });
  const [weights, features] = sections.slice(4).map((bytes) => {
    return new Float32Array(
      bytes.buffer,
      bytes.byteOffset,
      bytes.byteLength / Float32Array.BYTES_PER_ELEMENT,
    );
  });
  return {
    ...{ ids, offsets, targets: targetOffsets?.length ? { values, offsets: targetOffsets } : { values } },
    ...(weights?.length && { weights }),
    ...(features?.length && { features: featuresOf(features, exampleCount({ offsets })) }),
  };
}
