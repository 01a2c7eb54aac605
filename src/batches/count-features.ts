import type { IdArray } from '../text/token-ids.js';
import {
  type EncodedSplit,
  exampleCount,
  exampleLength,
  idsOfExample,
  type PackedSplit,
} from './encoded-split.js';

/** Examples without their order: each id of an example once, the smallest first, and how often it comes. */
export interface FeatureCounts extends PackedSplit {
  /** `[features]`: occurrences in its example of the id at the same place of `ids`, at least 1. */
  readonly counts: IdArray;
}

/** An example of fewer tokens has no count that two bytes cannot hold. */
const sixteenBitLength = 2 ** 16;

/**
 * Counts what each example holds; what is counted already stays as it is. Padding (id 0) is no feature. Features are counted
 * before they are kept, so that nothing larger than the result is made.
 */
export function countFeatures(encoded: EncodedSplit): FeatureCounts {
  if (areCounted(encoded)) return encoded;
  const examples = exampleCount(encoded);
  const occurrences = new Int32Array(largestId(encoded) + 1);
  const { offsets, longest } = placesOfFeatures(encoded, occurrences);
  const length = offsets[examples];
  const ids = encoded.ids instanceof Uint16Array ? new Uint16Array(length) : new Int32Array(length);
  const counts = longest < sixteenBitLength ? new Uint16Array(length) : new Int32Array(length);
  occurrences.fill(0);
  for (let example = 0; example < examples; example++) {
    let end = offsets[example];
    for (const id of idsOfExample(encoded, example)) {
      if (id !== 0 && occurrences[id]++ === 0) ids[end++] = id;
    }
    ids.subarray(offsets[example], end).sort();
    for (let place = offsets[example]; place < end; place++) {
      counts[place] = occurrences[ids[place]];
      occurrences[ids[place]] = 0;
    }
  }
  const { targets, weights, features } = encoded;
  return { ids, counts, offsets, targets, weights, features };
}

/** Whether examples were counted. */
export function areCounted(examples: EncodedSplit): examples is FeatureCounts {
  return 'counts' in examples;
}

/** @param lastSeen `[ids]`, zeros; filled with the last example that has each id, counted from 1 */
function placesOfFeatures(
  encoded: EncodedSplit,
  lastSeen: Int32Array,
): { offsets: Int32Array; longest: number } {
  const examples = exampleCount(encoded);
  const offsets = new Int32Array(examples + 1);
  let longest = 0;
  for (let example = 0; example < examples; example++) {
    let features = 0;
    for (const id of idsOfExample(encoded, example)) {
      if (id === 0 || lastSeen[id] === example + 1) continue;
      lastSeen[id] = example + 1;
      features++;
    }
    offsets[example + 1] = offsets[example] + features;
    longest = Math.max(longest, exampleLength(encoded, example));
  }
  return { offsets, longest };
}

function largestId(encoded: EncodedSplit): number {
  let largest = 0;
  for (let example = 0; example < exampleCount(encoded); example++) {
    for (const id of idsOfExample(encoded, example)) if (id > largest) largest = id;
  }
  return largest;
}
