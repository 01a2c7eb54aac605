import type { Example } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { PackedSplit } from './encoded-split.js';
import { type ExampleFeatures, featuresOf } from './example-features.js';

/** What encoded examples have besides their tokens and targets, as far as there is any. */
export type BesideTexts = Pick<PackedSplit, 'weights' | 'features' | 'texts'>;

/**
 * Gathers what stands beside the texts of examples that come some at a time.
 *
 * @returns `add`, which throws UserError for a weight below 0, a number that is not finite, or another number of features
 *   than the examples before; and `result`, without `weights` where every example counts 1, and without `texts` where each is a text
 */
export function besideTexts(): { add(examples: readonly Example[]): void; result(): BesideTexts } {
  const weights: number[] = [];
  const values: number[] = [];
  let count = 0;
  let columns = 0;
  let weighted = false;
  const firsts: number[] = [];

  function add(examples: readonly Example[]): void {
    for (const { weight = 1, features = [], isFurther = false } of examples) {
      if (!(weight >= 0 && Math.fround(weight) < Infinity)) throw badWeight(weight, count);
      if (count === 0) columns = features.length;
      if (features.length !== columns) throw otherColumns(features.length, { columns, example: count });
      for (const value of features) {
        if (!Number.isFinite(Math.fround(value))) throw badFeature(value, count);
        values.push(value);
      }
      weighted ||= weight !== 1;
      weights.push(weight);
      if (!isFurther) firsts.push(count);
      count += 1;
    }
  }

  function result(): BesideTexts {
    return {
      ...(weighted && { weights: Float32Array.from(weights) }),
      ...(columns > 0 && { features: gathered() }),
      ...(firsts.length < count && { texts: Int32Array.from([...firsts, count]) }),
    };
  }

  const gathered = (): ExampleFeatures => featuresOf(Float32Array.from(values), count);
  return { add, result };
}

function badWeight(weight: number, example: number): UserError {
  return new UserError(
    `Example ${example + 1} has the weight ${weight}; a weight is a number from 0 up.`,
    'Correct it, or leave it out: an example without a weight counts 1.',
  );
}

function badFeature(value: number, example: number): UserError {
  return new UserError(
    `Example ${example + 1} has the feature ${value}; a feature is a number that fits into 32 bits.`,
    'Correct it, or leave the example out.',
  );
}

function otherColumns(got: number, { columns, example }: { columns: number; example: number }): UserError {
  return new UserError(
    `Example ${example + 1} has ${got} features beside its text, but the examples before it have ${columns}.`,
    'Give every example the same features, in the same order.',
  );
}
