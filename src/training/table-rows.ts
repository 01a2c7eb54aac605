import type { IdArray } from '../text/token-ids.js';

/** Some ids of a list: those from `start` up to, not including, `end`. */
export interface IdRange {
  readonly ids: IdArray;
  readonly start: number;
  readonly end: number;
}

// Both loops take five columns at a time, in local variables: nearly three times as fast as one element after another, and
// each element is still computed in the order of the ids. Five, because fastText's vectors have ten numbers by default
// here.

/**
 * Sums of the table's rows of some ids, each as often as it comes.
 *
 * @param table `[rows, width]`, row after row
 * @param sums `[width]`; filled
 */
export function sumRows(table: Float32Array, { ids, start, end }: IdRange, sums: Float64Array): void {
  const width = sums.length;
  let column = 0;
  for (; column + 5 <= width; column += 5) {
    let [a, b, c, d, e] = [0, 0, 0, 0, 0];
    for (let k = start; k < end; k++) {
      const place = ids[k] * width + column;
      a += table[place];
      b += table[place + 1];
      c += table[place + 2];
      d += table[place + 3];
      e += table[place + 4];
    }
    sums[column] = a;
    sums[column + 1] = b;
    sums[column + 2] = c;
    sums[column + 3] = d;
    sums[column + 4] = e;
  }
  for (; column < width; column++) {
    let sum = 0;
    for (let k = start; k < end; k++) sum += table[ids[k] * width + column];
    sums[column] = sum;
  }
}

/** Adds a vector `[width]` to the table's rows of some ids, in place, as often as each comes. */
export function addToRows(table: Float32Array, { ids, start, end }: IdRange, step: Float64Array): void {
  const width = step.length;
  let column = 0;
  for (; column + 5 <= width; column += 5) {
    const [a, b, c, d, e] = step.subarray(column, column + 5);
    for (let k = start; k < end; k++) {
      const place = ids[k] * width + column;
      table[place] += a;
      table[place + 1] += b;
      table[place + 2] += c;
      table[place + 3] += d;
      table[place + 4] += e;
    }
  }
  for (; column < width; column++) {
    for (let k = start; k < end; k++) table[ids[k] * width + column] += step[column];
  }
}
