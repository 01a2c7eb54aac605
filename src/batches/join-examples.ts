import type { Target } from '../datasets/split.js';
import type { IdArray } from '../text/token-ids.js';
import {
  type EncodedSplit,
  exampleCount,
  idsOfExample,
  type PackedSplit,
  tokenCount,
} from './encoded-split.js';
import { type Targets, targetsOf, targetsOfExample } from './targets.js';

/**
 * The examples of several splits that were encoded alike, one split after the other, in arrays of their own. Where some have
 * weights, the others' examples count 1.
 *
 * @throws RangeError for numbers beside the texts: the splits' need not be the same ones
 */
export function joinExamples(parts: readonly EncodedSplit[]): PackedSplit {
  if (parts.some(({ features }) => features)) {
    throw new RangeError('examples with numbers beside the texts cannot be joined');
  }
  const count = parts.reduce((sum, part) => sum + exampleCount(part), 0);
  const isNarrow = parts.every(({ ids }) => ids instanceof Uint16Array);
  const length = parts.reduce((sum, part) => sum + tokenCount(part), 0);
  const ids: IdArray = isNarrow ? new Uint16Array(length) : new Int32Array(length);
  const offsets = new Int32Array(count + 1);
  let place = 0;
  for (const part of parts) {
    for (let example = 0; example < exampleCount(part); example++) {
      const ofExample = idsOfExample(part, example);
      ids.set(ofExample, offsets[place]);
      offsets[place + 1] = offsets[place] + ofExample.length;
      place += 1;
    }
  }
  const weighed = parts.some(({ weights }) => weights);
  return { ids, offsets, targets: joinTargets(parts), ...(weighed && { weights: joinWeights(parts) }) };
}

function joinTargets(parts: readonly EncodedSplit[]): Targets {
  return targetsOf(
    parts.flatMap((part) =>
      Array.from({ length: exampleCount(part) }, (_, example): Target => {
        const ofExample = targetsOfExample(part.targets, example);
        return part.targets.offsets ? Array.from(ofExample) : ofExample[0];
      }),
    ),
  );
}

function joinWeights(parts: readonly EncodedSplit[]): Float32Array {
  return Float32Array.from(
    parts.flatMap((part) => Array.from(part.weights ?? new Float32Array(exampleCount(part)).fill(1))),
  );
}
