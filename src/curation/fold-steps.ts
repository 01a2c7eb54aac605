import { type EncodedSplit, type PackedSplit, subset } from '../batches/encoded-split.js';
import { examplesOfFold, stratifiedFolds } from '../batches/stratified-folds.js';
import { Random } from '../random/random.js';
import { examplesFor, type Judge } from './judges.js';

/** One training of many: a judge's, without one fold of a round's dealing. All numbers are from 0. */
export interface FoldStep {
  readonly round: number;
  readonly judge: Judge;
  /** Over all rounds and judges: the folds of one judge in one round. */
  readonly pass: number;
  readonly fold: number;
}

/** All trainings in their order: round after round, in each judge after judge, for each fold after fold. */
export function foldSteps({
  rounds,
  judges,
  folds,
}: {
  rounds: number;
  judges: readonly Judge[];
  folds: number;
}): FoldStep[] {
  return Array.from({ length: rounds * judges.length * folds }, (_, step) => {
    const pass = Math.floor(step / folds);
    const judge = judges[pass % judges.length];
    return { round: Math.floor(pass / judges.length), judge, pass, fold: step % folds };
  });
}

/**
 * What a step learns from and what it judges. A round has one dealing for all of its judges.
 *
 * @param options.seed the run's
 * @param options.isLeftOut `[examples]`: 1 where an example is judged, but not learnt from
 */
export function partsOfFold(
  encoded: EncodedSplit,
  { round, judge, fold }: FoldStep,
  { folds, seed, isLeftOut }: { folds: number; seed: number; isLeftOut: Uint8Array },
): { rest: PackedSplit; heldOut: PackedSplit; judged: Int32Array } {
  const random = new Random(round === 0 ? `folds ${seed}` : `folds ${seed} ${round}`);
  const { heldOut, rest } = examplesOfFold(stratifiedFolds(encoded.targets, { folds, random }), fold);
  const read = examplesFor(judge, encoded);
  const learnt = rest.filter((example) => isLeftOut[example] === 0);
  return { rest: subset(read, learnt), heldOut: subset(read, heldOut), judged: heldOut };
}
