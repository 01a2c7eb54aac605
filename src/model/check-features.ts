import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import type { FeatureColumn } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { featureColumnsOf } from './joined-features.js';

/**
 * Checks that examples have the numbers beside their texts that a model was trained with.
 *
 * @param names what the examples' numbers are, where that is known
 * @throws UserError that names what is missing
 */
export function checkFeatures(
  model: LayersModel,
  encoded: EncodedSplit,
  names?: readonly FeatureColumn[],
): void {
  const needed = featureColumnsOf(model);
  if (needed.length === 0 || exampleCount(encoded) === 0) return;
  const got = encoded.features?.columns ?? 0;
  const wrong =
    names && needed.find(({ name, kind }, i) => names[i]?.name !== name || names[i].kind !== kind);
  if (got === needed.length && !wrong) return;
  throw new UserError(
    `The model was trained with ${listFeatures(needed)} beside each text, but the examples have ${
      got === 0 ? 'none' : names ? listFeatures(names) : got
    }.`,
    'Give the same features in the same order.',
  );
}

/** `3 features (price, stars, age)`; names of the first twenty. */
export function listFeatures(columns: readonly FeatureColumn[]): string {
  const names = columns.slice(0, 20).map(({ name }) => name);
  const rest = columns.length > names.length ? ', ...' : '';
  return `${columns.length} ${columns.length === 1 ? 'feature' : 'features'} (${names.join(', ')}${rest})`;
}
