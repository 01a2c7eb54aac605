import { makeIntegerHeap } from './integer-heap.js';
import { byteCount } from './learn-merges.js';
import type { PairTable } from './pair-table.js';

/** Up to this many ids looking through all pairs for the next merge is faster than a heap. */
const shortWord = 40;
const noMerge = 0x7fff_ffff;

/**
 * Merges neighbours in `ids` as long as there are pairs to merge, the one that was learned first always first, of equal
 * ones the leftmost. Takes n log n steps for n ids.
 *
 * @param ids changed: the result stands at its start
 * @param merges the pairs in the order in which they were learned
 * @returns the result's length
 */
export function mergeWord(ids: Int32Array, length: number, merges: PairTable): number {
  return length <= shortWord ? mergeShort(ids, length, merges) : mergeLong(ids, length, merges);
}

const ranks = new Int32Array(shortWord);

function mergeShort(ids: Int32Array, wordLength: number, merges: PairTable): number {
  let length = wordLength;
  const rankAt = (place: number) => {
    const rank = place >= 0 && place + 1 < length ? merges.find(ids[place], ids[place + 1]) : -1;
    return rank < 0 ? noMerge : rank;
  };
  for (let place = 0; place < length; place++) ranks[place] = rankAt(place);
  for (;;) {
    let best = 0;
    for (let place = 1; place < length; place++) if (ranks[place] < ranks[best]) best = place;
    if (length < 2 || ranks[best] === noMerge) return length;
    ids[best] = byteCount + ranks[best];
    length--;
    for (let place = best + 1; place < length; place++) {
      ids[place] = ids[place + 1];
      ranks[place] = ranks[place + 1];
    }
    ranks[best] = rankAt(best);
    if (best > 0) ranks[best - 1] = rankAt(best - 1);
  }
}

function mergeLong(ids: Int32Array, length: number, merges: PairTable): number {
  const next = Int32Array.from({ length }, (_, place) => place + 1);
  const previous = Int32Array.from({ length }, (_, place) => place - 1);
  // Rank and place in one integer, in the order in which merges are made; both together stay below 2^53.
  const heap = makeIntegerHeap((one, other) => one < other);
  const offer = (place: number) => {
    if (place < 0 || next[place] >= length) return;
    const rank = merges.find(ids[place], ids[next[place]]);
    if (rank >= 0) heap.push(rank * length + place);
  };
  for (let place = 0; place < length; place++) offer(place);
  for (let best = heap.pop(); best !== undefined; best = heap.pop()) {
    const place = best % length;
    const rank = (best - place) / length;
    const second = next[place];
    // One of the pair's ids may have been merged with another neighbour since.
    if (ids[place] !== merges.lefts[rank] || second >= length || ids[second] !== merges.rights[rank])
      continue;
    ids[place] = byteCount + rank;
    ids[second] = -1;
    next[place] = next[second];
    if (next[place] < length) previous[next[place]] = place;
    offer(previous[place]);
    offer(place);
  }
  let end = 0;
  for (let place = 0; place < length; place = next[place]) ids[end++] = ids[place];
  return end;
}
