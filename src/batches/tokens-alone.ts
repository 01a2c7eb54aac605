import type { IdRange } from '../text/run-ids.js';
import type { IdArray } from '../text/token-ids.js';

/**
 * The tokens of an example whose runs of tokens follow them, numbered so that they need no more rows of an embedding than
 * there are ids of tokens: the numbers behind those of the runs close up over them.
 *
 * @param runIds which ids stand for runs
 */
export function tokensAlone<Ids extends IdArray>(ids: Ids, { first, end }: IdRange): Ids {
  const firstRun = ids.findIndex((id) => id >= first && id < end);
  const tokens = (firstRun < 0 ? ids : ids.subarray(0, firstRun)) as Ids;
  return tokens.map((id) => (id >= end ? id - (end - first) : id)) as Ids;
}
