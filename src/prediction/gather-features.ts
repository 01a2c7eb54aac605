import type { ExampleFeatures } from '../batches/example-features.js';
import type { FeatureColumn } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { listFeatures } from '../model/check-features.js';
import type { TextWithFeatures } from './question.js';

/**
 * The numbers beside texts as a model takes them; undefined where it takes none.
 *
 * @param options.place of the first text among those asked at once, for messages
 * @throws UserError that says of which text what is missing, or cannot be used
 */
export function gatherFeatures(
  examples: readonly (string | TextWithFeatures)[],
  needed: readonly FeatureColumn[],
  { place: first = 0 }: { readonly place?: number } = {},
): ExampleFeatures | undefined {
  const rows = examples.map((example, index) => {
    const place = first + index;
    const features = (typeof example === 'string' ? undefined : example.features) ?? [];
    if (features.length !== needed.length) throw otherFeatures(features.length, { place, needed });
    const wrong = features.findIndex((value) => !Number.isFinite(Math.fround(value)));
    if (wrong >= 0) throw noNumber(features[wrong], { place, name: needed[wrong].name });
    return features;
  });
  if (needed.length === 0) return undefined;
  return { values: Float32Array.from(rows.flat()), columns: needed.length };
}

function otherFeatures(
  got: number,
  { place, needed }: { place: number; needed: readonly FeatureColumn[] },
): UserError {
  if (needed.length === 0) {
    return new UserError(
      `Text ${place + 1} comes with ${got} features, but the model was trained on texts alone.`,
      'Leave the features out, or take a run that was trained with them.',
    );
  }
  return new UserError(
    `Text ${place + 1} comes ${got === 0 ? 'without features' : `with ${got} of them`}, but the model needs ${listFeatures(needed)} beside each text.`,
    'Name a table that has these columns with `imdb-rnn predict --file`; in a program give rows with these columns (predictor.columns), or the numbers in this order: predictor.predict([{ text, features: [...] }]).',
  );
}

function noNumber(value: number, { place, name }: { place: number; name: string }): UserError {
  return new UserError(
    `The feature ${name} of text ${place + 1} is ${value}; a feature is a number that fits into 32 bits.`,
    'Correct it.',
  );
}
