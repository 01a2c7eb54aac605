import type { Random } from '../random/random.js';
import { type EncodedSplit, exampleCount, subset } from './encoded-split.js';
import { strataOf } from './targets.js';

/** Training examples in two parts. */
export interface HeldOut {
  readonly training: EncodedSplit;
  readonly validation: EncodedSplit;
  /** `[examples of validation]`: where among all examples these were. */
  readonly places: Int32Array;
}

/**
 * Holds out a random share of the training examples, the same share of each label. Of a label with at least two examples
 * at least one is held out and at least one kept, whatever the share; a share of 0 holds out none. Both parts keep the
 * order of the examples.
 *
 * @param options.validationSplit the share, from 0 to below 1
 */
export function splitValidation(
  encoded: EncodedSplit,
  { validationSplit, random }: { validationSplit: number; random: Random },
): HeldOut {
  const heldOut = new Uint8Array(exampleCount(encoded));
  const strata = strataOf(encoded.targets);
  for (const stratum of [...new Set(strata)].sort((one, other) => one - other)) {
    const examples = indicesWhere(strata, (candidate) => candidate === stratum);
    random.shuffle(examples);
    for (const example of examples.subarray(0, heldOutCount(examples.length, validationSplit)))
      heldOut[example] = 1;
  }
  const places = indicesWhere(heldOut, (flag) => flag === 1);
  return {
    training: subset(
      encoded,
      indicesWhere(heldOut, (flag) => flag === 0),
    ),
    validation: subset(encoded, places),
    places,
  };
}

function heldOutCount(examples: number, share: number): number {
  if (share === 0 || examples < 2) return 0;
  return Math.min(examples - 1, Math.max(1, Math.round(examples * share)));
}

function indicesWhere(values: ArrayLike<number>, holds: (value: number) => boolean): Int32Array {
  const indices: number[] = [];
  for (let index = 0; index < values.length; index++) if (holds(values[index])) indices.push(index);
  return Int32Array.from(indices);
}
