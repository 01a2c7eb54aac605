import type { TrainingConfig } from '../config/schema.js';
import { Random } from '../random/random.js';
import type { EncodedSplit } from './encoded-split.js';
import { type HeldOut, splitValidation } from './split-validation.js';

/** The training examples of a config, and those that it holds out of them to choose the best epoch: always the same. */
export function holdOutValidation(
  encoded: EncodedSplit,
  { seed, training }: { readonly seed: number; readonly training: Pick<TrainingConfig, 'validationSplit'> },
): HeldOut {
  const { validationSplit } = training;
  return splitValidation(encoded, { validationSplit, random: new Random(`validation ${seed}`) });
}
