import { bucketOf, joinA } from '../text/ngram-hash.js';

/**
 * For each place of sequences of ids the row of a hashed table that stands for the run of `length` ids that ends there, by
 * fastText's hash of runs (`Dictionary::addWordNgrams`) over ids instead of hashes of words.
 *
 * @param ids row-major [sequences, time]; 0 is padding, or a word that is not told
 * @param options.rows of the table, from 2 on: row 0 is for places where no run ends, because the sequence has just begun or
 *   an id of the run is 0; runs share the others
 */
export function ngramRows(
  ids: Int32Array,
  { time, length, rows }: { readonly time: number; readonly length: number; readonly rows: number },
): Int32Array {
  const found = new Int32Array(ids.length);
  for (let sequence = 0; sequence < ids.length; sequence += time) {
    for (let end = sequence + length - 1; end < sequence + time; end++) {
      let hash = 0;
      let isWhole = true;
      for (let place = end - length + 1; isWhole && place <= end; place++) {
        isWhole = ids[place] !== 0;
        hash = joinA(hash, ids[place]);
      }
      if (isWhole) found[end] = 1 + bucketOf(hash, rows - 1);
    }
  }
  return found;
}
