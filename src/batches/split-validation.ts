import type { Random } from '../random/random.js';
import { type EncodedSplit, type SplitView, viewOf } from './encoded-split.js';
import { examplesOfStrata, subsetTargets } from './targets.js';
import { excerptsOfTexts, textsThemselves } from './text-excerpts.js';

/** Training examples in two parts. */
export interface HeldOut {
  readonly training: SplitView;
  readonly validation: SplitView;
  /** `[examples of validation]`: where among all texts these were. */
  readonly places: Int32Array;
}

/**
 * Holds out a random share of the training examples, the same share of each label. Of a label with at least two examples
 * at least one is held out and at least one kept, whatever the share; a share of 0 holds out none. Both parts keep the
 * order of the examples, and both lie over the ids of all: nothing is copied but what is to be learnt. A text is held out
 * with all excerpts of it, and measured as it is read in use.
 *
 * @param options.validationSplit the share, from 0 to below 1
 */
export function splitValidation(
  encoded: EncodedSplit,
  { validationSplit, random }: { validationSplit: number; random: Random },
): HeldOut {
  const themselves = textsThemselves(encoded);
  const heldOut = new Uint8Array(themselves.length);
  for (const texts of examplesOfStrata(subsetTargets(encoded.targets, themselves))) {
    random.shuffle(texts);
    for (const text of texts.subarray(0, heldOutCount(texts.length, validationSplit))) heldOut[text] = 1;
  }
  const places = indicesOf(heldOut, 1);
  return {
    training: viewOf(encoded, excerptsOfTexts(encoded, indicesOf(heldOut, 0))),
    validation: viewOf(
      encoded,
      places.map((text) => themselves[text]),
    ),
    places,
  };
}

function heldOutCount(examples: number, share: number): number {
  if (share === 0 || examples < 2) return 0;
  return Math.min(examples - 1, Math.max(1, Math.round(examples * share)));
}

function indicesOf(flags: Uint8Array, wanted: number): Int32Array {
  let count = 0;
  for (const flag of flags) if (flag === wanted) count++;
  const indices = new Int32Array(count);
  let end = 0;
  flags.forEach((flag, index) => {
    if (flag === wanted) indices[end++] = index;
  });
  return indices;
}
