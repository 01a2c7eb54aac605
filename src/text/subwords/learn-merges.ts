import { idOfByte } from './byte-alphabet.js';
import { makeIntegerHeap } from './integer-heap.js';
import { PairTable } from './pair-table.js';

/** Ids of the bytes; the subword of merge `i` has the id `byteCount + i`. */
export const byteCount = 256;

/** The merges of byte-pair encoding, in the order in which they were learned. */
export interface Merges {
  /** `[merges]`: the id of each merge's first part, always smaller than its own. */
  readonly lefts: Int32Array;
  /** `[merges]`: of the second part. */
  readonly rights: Int32Array;
}

/**
 * Learns byte-pair encoding (Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword Units") from
 * words with their counts: the most frequent pair of neighbours becomes one subword, again and again. Of pairs that are
 * equally frequent the one with the smaller first id comes first, then the one with the smaller second id; so the result
 * depends on the counts alone, not on the words' order.
 *
 * Counts and places of pairs are kept up to date, so that a merge looks only at the places where its pair stands.
 *
 * @param options.vocabularySize ids in all, those of the 256 bytes included; fewer where no pair is left
 * @param options.minimumCount rarer pairs are not merged; default 1
 */
export function learnMerges(
  counts: ReadonlyMap<string, number>,
  { vocabularySize, minimumCount = 1 }: { vocabularySize: number; minimumCount?: number },
): Merges {
  const { ids, previous, next, weights } = layOut(counts);
  const pairs = new PairTable();
  let pairCounts = new Float64Array(1 << 12);
  /** The first and the last entry of the list of a pair's places; -1 for none. */
  let heads = new Int32Array(1 << 12).fill(-1);
  let tails = new Int32Array(1 << 12);
  // One entry for each pair of neighbours, and at most two for each merge of two ids into one.
  const entryPlaces = new Int32Array(3 * ids.length);
  const entryNexts = new Int32Array(3 * ids.length);
  let entries = 0;

  function makeRoom() {
    pairCounts = enlarged(pairCounts, new Float64Array(2 * pairCounts.length));
    heads = enlarged(heads, new Int32Array(2 * heads.length).fill(-1));
    tails = enlarged(tails, new Int32Array(2 * tails.length));
  }

  function note(left: number, right: number, place: number): number {
    const pair = pairs.add(left, right);
    if (pair >= heads.length) makeRoom();
    pairCounts[pair] += weights[place];
    entryPlaces[entries] = place;
    entryNexts[entries] = -1;
    if (heads[pair] < 0) heads[pair] = entries;
    else entryNexts[tails[pair]] = entries;
    tails[pair] = entries++;
    return pair;
  }

  for (let place = 0; place < ids.length; place++) {
    if (next[place] >= 0) note(ids[place], ids[next[place]], place);
  }

  /** What a pair's count was when it was put into the heap; it can only have become smaller since. */
  let queuedCounts = new Float64Array(0);
  const heap = makeIntegerHeap((one, other) => {
    const difference = queuedCounts[one] - queuedCounts[other];
    if (difference !== 0) return difference > 0;
    return (
      pairs.lefts[one] - pairs.lefts[other] < 0 ||
      (pairs.lefts[one] === pairs.lefts[other] && pairs.rights[one] < pairs.rights[other])
    );
  });
  const queue = (pair: number) => {
    if (pair >= queuedCounts.length) queuedCounts = enlarged(queuedCounts, new Float64Array(heads.length));
    queuedCounts[pair] = pairCounts[pair];
    if (pairCounts[pair] >= minimumCount) heap.push(pair);
  };
  for (let pair = 0; pair < pairs.size; pair++) queue(pair);

  const lefts: number[] = [];
  const rights: number[] = [];
  while (byteCount + lefts.length < vocabularySize) {
    const pair = heap.pop();
    if (pair === undefined) break;
    if (pairCounts[pair] !== queuedCounts[pair]) {
      queue(pair);
      continue;
    }
    const left = pairs.lefts[pair];
    const right = pairs.rights[pair];
    const merged = byteCount + lefts.length;
    lefts.push(left);
    rights.push(right);
    const known = pairs.size;
    for (let entry = heads[pair]; entry >= 0; entry = entryNexts[entry]) {
      const place = entryPlaces[entry];
      const second = next[place];
      // The pair may be gone from here: one of its ids was merged with another neighbour.
      if (ids[place] !== left || second < 0 || ids[second] !== right) continue;
      const before = previous[place];
      const after = next[second];
      ids[place] = merged;
      ids[second] = -1;
      next[place] = after;
      if (after >= 0) previous[after] = place;
      if (before >= 0) {
        pairCounts[pairs.find(ids[before], left)] -= weights[place];
        note(ids[before], merged, before);
      }
      if (after >= 0) {
        pairCounts[pairs.find(right, ids[after])] -= weights[place];
        note(merged, ids[after], place);
      }
    }
    // All pairs that this merge has made hold the new id, so no older pair has become more frequent.
    for (let made = known; made < pairs.size; made++) queue(made);
  }
  return { lefts: Int32Array.from(lefts), rights: Int32Array.from(rights) };
}

/** All words' bytes as ids, end to end, each with its neighbours' places in the word (-1 for none) and the word's count. */
function layOut(counts: ReadonlyMap<string, number>) {
  const encoder = new TextEncoder();
  let length = 0;
  for (const word of counts.keys()) length += Buffer.byteLength(word);
  const ids = new Int32Array(length);
  const previous = new Int32Array(length);
  const next = new Int32Array(length);
  const weights = new Float64Array(length);
  let start = 0;
  for (const [word, count] of counts) {
    const bytes = encoder.encode(word);
    for (let index = 0; index < bytes.length; index++) {
      const place = start + index;
      ids[place] = idOfByte[bytes[index]];
      previous[place] = index === 0 ? -1 : place - 1;
      next[place] = index === bytes.length - 1 ? -1 : place + 1;
      weights[place] = count;
    }
    start += bytes.length;
  }
  return { ids, previous, next, weights };
}

function enlarged<Values extends Float64Array | Int32Array>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}
