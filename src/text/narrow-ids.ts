import type { IdArray } from './token-ids.js';

/** Different ids that two bytes can hold. */
const sixteenBitIds = 2 ** 16;

/**
 * Ids in two bytes each where the vocabulary has no more than 65,536 of them, else as they are: half the memory of a data
 * set, and half its cache file.
 *
 * @param options.idCount all ids that there are: each is below
 */
export function narrowIds(ids: IdArray, { idCount }: { idCount: number }): IdArray {
  return idCount > sixteenBitIds || ids instanceof Uint16Array ? ids : Uint16Array.from(ids);
}
