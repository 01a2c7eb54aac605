import type { IdRange } from '../text/run-ids.js';
import type { PaddedBatch } from './pad-batch.js';
import { tokensAlone } from './tokens-alone.js';

/**
 * A batch for a model that reads the tokens of an example in their order and, beside them, which features it has: `ids` keep
 * the tokens alone, and `grams` become each row's different ids, those of tokens and of runs, the smallest first.
 *
 * @param batch of examples whose runs of tokens follow their tokens
 * @param runIds which ids stand for runs; in `ids` the others are numbered as `tokensAlone` has them
 */
export function separateRuns(batch: PaddedBatch, runIds: IdRange): PaddedBatch {
  const rows = Array.from({ length: batch.rows }, (_, row) =>
    batch.ids.subarray(row * batch.time, row * batch.time + batch.lengths[row]),
  );
  const tokens = rows.map((ids) => tokensAlone(ids, runIds));
  const grams = rows.map(differentIds);
  const time = longestOf(tokens);
  const columns = longestOf(grams);
  return {
    ...batch,
    ...{ ids: rectangle(tokens, time), time, lengths: Int32Array.from(tokens, (ids) => ids.length) },
    grams: { ids: rectangle(grams, columns), columns },
  };
}

function differentIds(ids: Int32Array): Int32Array {
  return ids
    .slice()
    .sort()
    .filter((id, place, sorted) => id !== 0 && id !== sorted[place - 1]);
}

/** At least 1: no layer accepts an empty axis. */
function longestOf(rows: readonly Int32Array[]): number {
  return rows.reduce((longest, { length }) => Math.max(longest, length), 1);
}

function rectangle(rows: readonly Int32Array[], columns: number): Int32Array {
  const values = new Int32Array(rows.length * columns);
  rows.forEach((ids, row) => {
    values.set(ids, row * columns);
  });
  return values;
}
