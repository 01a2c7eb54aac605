import { type EncodedSplit, exampleCount } from './encoded-split.js';

/** Examples without their order: each id of an example once, the smallest first, and how often it comes. */
export interface FeatureCounts extends EncodedSplit {
  /** `[features]`: occurrences in its example of the id at the same place of `ids`, at least 1. */
  readonly counts: Int32Array;
}

/** Counts what each example holds; what is counted already stays as it is. Padding (id 0) is no feature. */
export function countFeatures(encoded: EncodedSplit): FeatureCounts {
  if (areCounted(encoded)) return encoded;
  const examples = exampleCount(encoded);
  const sorted = encoded.ids.slice();
  const counts = new Int32Array(sorted.length);
  const offsets = new Int32Array(examples + 1);
  let end = 0;
  for (let example = 0; example < examples; example++) {
    const ofExample = sorted.subarray(encoded.offsets[example], encoded.offsets[example + 1]).sort();
    // Examples shrink, so what is written here has already been read.
    let previous = 0;
    for (const id of ofExample) {
      if (id !== previous) sorted[end++] = id;
      if (id !== 0) counts[end - 1]++;
      previous = id;
    }
    offsets[example + 1] = end;
  }
  return { ...encoded, ids: sorted.slice(0, end), counts: counts.slice(0, end), offsets };
}

/** Whether examples were counted. */
export function areCounted(examples: EncodedSplit): examples is FeatureCounts {
  return 'counts' in examples;
}
