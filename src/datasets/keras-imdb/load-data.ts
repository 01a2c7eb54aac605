import { UserError } from '../../errors/user-error.js';
import type { StoredReviews } from './npz-file.js';
import { RandomState } from './random-state.js';
import type { KerasImdbSettings } from './settings.js';

/** Reviews as word ids, laid end to end. */
export interface LoadedReviews {
  readonly ids: Int32Array;
  /** `[reviews + 1]`: review `i` has `ids` from `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: Int32Array;
  /** `[reviews]`: 0 negative, 1 positive. */
  readonly labels: Int32Array;
}

/**
 * What `keras.datasets.imdb.load_data` makes of the file (keras/src/datasets/imdb.py), setting for setting: the order by
 * `seed`, `startChar` in front, `indexFrom` added, reviews of `maxLength` ids and more left out, then ids below `skipTop`,
 * or not below `numWords`, replaced by `oovChar` or dropped.
 *
 * @returns also `numWords`: as set, else the highest id, which is then itself replaced, as Keras has it; and
 * the highest id of the reviews
 * @throws UserError when `maxLength` leaves no review of a split
 */
export function loadData(
  stored: { readonly train: StoredReviews; readonly test: StoredReviews },
  settings: KerasImdbSettings,
): { train: LoadedReviews; test: LoadedReviews; numWords: number; highestId: number } {
  const random = new RandomState(settings.seed);
  // One generator for both: the order of the test reviews depends on the number of training reviews.
  const train = shifted(stored.train, random, settings);
  const test = shifted(stored.test, random, settings);
  for (const { labels } of [train, test]) {
    if (labels.length > 0) continue;
    throw new UserError(
      `dataset.maxLength ${settings.maxLength} leaves no review: all have at least that many ids.`,
      'Give a larger dataset.maxLength, or leave it out and cut reviews with text.maxLength.',
    );
  }
  const numWords = settings.numWords ?? Math.max(highestOf(train), highestOf(test));
  const range = { from: settings.skipTop, to: numWords, oovChar: settings.oovChar };
  const reviews = { train: limited(train, range), test: limited(test, range) };
  return { ...reviews, numWords, highestId: Math.max(highestOf(reviews.train), highestOf(reviews.test)) };
}

function highestOf({ ids }: LoadedReviews): number {
  return ids.reduce((most, id) => Math.max(most, id), 0);
}

function shifted(
  { lists, labels }: StoredReviews,
  random: RandomState,
  { startChar, indexFrom, maxLength }: KerasImdbSettings,
): LoadedReviews {
  const start = startChar === null ? [] : [startChar];
  const order = random
    .shuffledIndices(lists.length)
    .filter((review) => maxLength === null || lists[review].length + start.length < maxLength);
  const offsets = new Int32Array(order.length + 1);
  order.forEach((review, row) => {
    offsets[row + 1] = offsets[row] + start.length + lists[review].length;
  });
  const ids = new Int32Array(offsets[order.length]);
  order.forEach((review, row) => {
    ids.set(start, offsets[row]);
    lists[review].forEach((id, place) => {
      ids[offsets[row] + start.length + place] = id + indexFrom;
    });
  });
  return { ids, offsets, labels: order.map((review) => labels[review]) };
}

function limited(
  { ids, offsets, labels }: LoadedReviews,
  { from, to, oovChar }: { from: number; to: number; oovChar: number | null },
): LoadedReviews {
  const isIn = (id: number) => id >= from && id < to;
  if (oovChar !== null) return { ids: ids.map((id) => (isIn(id) ? id : oovChar)), offsets, labels };
  const keptBefore = new Int32Array(ids.length + 1);
  ids.forEach((id, place) => {
    keptBefore[place + 1] = keptBefore[place] + (isIn(id) ? 1 : 0);
  });
  return { ids: ids.filter(isIn), offsets: offsets.map((offset) => keptBefore[offset]), labels };
}
