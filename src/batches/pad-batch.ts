import type { IdArray } from '../text/token-ids.js';
import { areCounted } from './count-features.js';
import { type EncodedSplit, exampleEnd, exampleLength, exampleStart } from './encoded-split.js';
import { type ExampleFeatures, subsetFeatures } from './example-features.js';

/** Examples as one rectangle of ids, each padded on the right with 0 to the longest of them. */
export interface PaddedBatch {
  /** `[rows, time]`, row after row. */
  readonly ids: Int32Array;
  /** `[rows, time]`, where the examples are counted: how often each id comes; 0 for padding. */
  readonly counts?: Int32Array;
  /** `[rows, columns]`, where runs are apart from the tokens: each row's different ids, padded with 0; see `separateRuns`. */
  readonly grams?: { readonly ids: Int32Array; readonly columns: number };
  readonly rows: number;
  /** Tokens of the longest example, at least 1: no layer accepts an empty time axis. */
  readonly time: number;
  /** `[rows]`: tokens of each example, without padding. */
  readonly lengths: Int32Array;
  /** The numbers beside the texts, where there are any. */
  readonly features?: ExampleFeatures;
}

/**
 * Makes the batch of some examples, in the order given. Padding is on the right, always: the kernels (and cuDNN's) skip
 * a row's end, and the state after its last token is the state after the last time step.
 */
export function padBatch(encoded: EncodedSplit, examples: Int32Array): PaddedBatch {
  const lengths = examples.map((example) => exampleLength(encoded, example));
  const rows = examples.length;
  const time = lengths.reduce((longest, length) => Math.max(longest, length), 1);
  const padded = (values: IdArray) => {
    const rectangle = new Int32Array(rows * time);
    examples.forEach((example, row) => {
      const [start, end] = [exampleStart(encoded, example), exampleEnd(encoded, example)];
      rectangle.set(values.subarray(start, end), row * time);
    });
    return rectangle;
  };
  const { features } = encoded;
  return {
    ...{ ids: padded(encoded.ids), rows, time, lengths },
    ...(areCounted(encoded) && { counts: padded(encoded.counts) }),
    ...(features && { features: subsetFeatures(features, examples) }),
  };
}

/**
 * Share of the positions of padded batches that hold a token, from 0 to 1: the part of the arithmetic that is not done
 * for nothing. 1 where there are no batches.
 */
export function paddingEfficiency(encoded: EncodedSplit, batches: readonly Int32Array[]): number {
  let tokens = 0;
  let positions = 0;
  for (const examples of batches) {
    let time = 1;
    for (const example of examples) {
      const length = exampleLength(encoded, example);
      tokens += length;
      time = Math.max(time, length);
    }
    positions += examples.length * time;
  }
  return positions === 0 ? 1 : tokens / positions;
}
