import type { IdRange } from '../text/run-ids.js';
import type { PaddedBatch } from './pad-batch.js';

/**
 * A batch for a model that reads the tokens of an example in their order and, beside them, which features it has: `ids` keep
 * the tokens alone, and `grams` become each row's different ids, those of tokens and of runs, the smallest first.
 *
 * @param batch of examples whose runs of tokens follow their tokens
 * @param runIds which ids stand for runs; in `ids` the numbers of the others close up over them, so that they need no more
 *   rows of an embedding than there are ids of tokens
 */
export function separateRuns(batch: PaddedBatch, runIds: IdRange): PaddedBatch {
  const rows = Array.from({ length: batch.rows }, (_, row) =>
    batch.ids.subarray(row * batch.time, row * batch.time + batch.lengths[row]),
  );
  const tokens = rows.map((ids) => tokensOf(ids, runIds));
  const grams = rows.map(differentIds);
  const time = longestOf(tokens);
  const columns = longestOf(grams);
  const { first, end } = runIds;
  const closedUp = tokens.map((ids) => ids.map((id) => (id >= end ? id - (end - first) : id)));
  return {
    ...batch,
    ...{ ids: rectangle(closedUp, time), time, lengths: Int32Array.from(tokens, (ids) => ids.length) },
    grams: { ids: rectangle(grams, columns), columns },
  };
}

function tokensOf(ids: Int32Array, { first, end }: IdRange): Int32Array {
  const firstRun = ids.findIndex((id) => id >= first && id < end);
  return firstRun < 0 ? ids : ids.subarray(0, firstRun);
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
