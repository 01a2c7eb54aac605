import type { CountedNgrams } from './count-ngrams.js';

/**
 * The most frequent features: tokens before runs of two, those before runs of three, and so on; each kind by falling count,
 * and what occurs equally often by the rank of the run without its last token, then by that of the last token. A run never
 * occurs more often than its parts, so the parts of every chosen run are chosen, too.
 *
 * @param tokenOrder all tokens, in the order of their ranks: by falling count
 * @param options.limit how many, at most
 * @param options.minimumCount rarer ones are left out
 * @returns nodes, in the order of their ids
 */
export function rankNgrams(
  counted: CountedNgrams,
  tokenOrder: Int32Array,
  { limit, minimumCount }: { limit: number; minimumCount: number },
): Int32Array {
  const { counts, prefixes, lasts, tokenCount } = counted;
  const cut = cutOff(counts, { limit, minimumCount });
  const sizes = new Uint8Array(counts.length).fill(1, 0, tokenCount);
  for (let node = tokenCount; node < counts.length; node++) sizes[node] = sizes[prefixes[node]] + 1;
  const ranks = new Int32Array(counts.length);
  const keys = new Int32Array(counts.length);
  const chosen: Int32Array[] = [];
  let left = cut.equallyOften;
  for (let size = 1; ; size++) {
    const frequent = nodesWhere(counts.length, (node) => sizes[node] === size && counts[node] >= cut.count);
    if (frequent.length === 0) break;
    let order = frequent;
    if (size === 1) order = tokenOrder.filter((node) => counts[node] >= cut.count);
    else {
      for (const node of frequent) keys[node] = ranks[lasts[node]];
      order = sortedBy(order, keys, frequent);
      for (const node of frequent) keys[node] = ranks[prefixes[node]];
      order = sortedBy(order, keys, frequent);
      for (const node of frequent) keys[node] = cut.highest - counts[node];
      order = sortedBy(order, keys, frequent);
    }
    order.forEach((node, rank) => {
      ranks[node] = rank;
    });
    const above = order.findIndex((node) => counts[node] === cut.count);
    const kept = above < 0 ? order : order.subarray(0, above + left);
    left -= kept.length - (above < 0 ? kept.length : above);
    chosen.push(kept);
  }
  return concatenated(chosen);
}

/** All features that occur more often than `count` are chosen, and of those that occur just that often `equallyOften`. */
function cutOff(
  counts: Int32Array,
  { limit, minimumCount }: { limit: number; minimumCount: number },
): { count: number; equallyOften: number; highest: number } {
  const highest = counts.reduce((most, count) => Math.max(most, count), 0);
  const withCount = new Int32Array(highest + 1);
  for (const count of counts) withCount[count]++;
  let chosen = 0;
  let count = highest;
  for (; count >= minimumCount; count--) {
    if (chosen + withCount[count] > limit) return { count, equallyOften: limit - chosen, highest };
    chosen += withCount[count];
  }
  return { count: count + 1, equallyOften: counts.length, highest };
}

function nodesWhere(nodeCount: number, holds: (node: number) => boolean): Int32Array {
  const nodes = new Int32Array(nodeCount);
  let found = 0;
  for (let node = 0; node < nodeCount; node++) if (holds(node)) nodes[found++] = node;
  return nodes.subarray(0, found);
}

/**
 * A stable counting sort by `keys[node]`, integers from 0. `ascending` holds the same nodes in the order of their numbers:
 * what does not depend on the order is done in that one, because jumping about in memory is what takes the time.
 */
function sortedBy(nodes: Int32Array, keys: Int32Array, ascending: Int32Array): Int32Array {
  let highest = 0;
  for (const node of ascending) highest = Math.max(highest, keys[node]);
  const starts = new Int32Array(highest + 2);
  for (const node of ascending) starts[keys[node] + 1]++;
  for (let key = 1; key < starts.length; key++) starts[key] += starts[key - 1];
  const sorted = new Int32Array(nodes.length);
  for (const node of nodes) sorted[starts[keys[node]]++] = node;
  return sorted;
}

function concatenated(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}
