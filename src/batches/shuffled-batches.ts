import type { Random } from '../random/random.js';
import { cutByTokens, examplesOfTokens } from './cut-by-tokens.js';
import { type EncodedSplit, exampleCount } from './encoded-split.js';
import { sortByLength } from './sort-by-length.js';

/**
 * Batches that are sorted together: more of them pad less, fewer mix more. On 300 bytes of the 25,000 training examples,
 * in batches of 32, tokens fill 86.2 % of the positions unsorted, 98.4 % at 16, 99.3 % at 50, 99.6 % at 100 and 99.9 %
 * with all sorted; on whole examples 30 %, 84 %, 93 %, 96 % and 99.5 %.
 */
const windowBatches = 50;

/**
 * One epoch of training batches: examples of like length together (lecture item 17), yet in another random grouping each
 * time. All examples are shuffled and cut into windows of many batches; each window is sorted by length and cut into
 * batches; then the batches are shuffled. Where the examples do not fill the last batch, one batch, any one, is short.
 * A small data set has at least two windows, so that its batches, too, differ from epoch to epoch.
 *
 * @param options.batchSize examples of a batch
 * @param options.batchTokens instead of that: positions of a batch, padding included, at most
 * @param options.random decides all of it: the same state gives the same batches
 * @returns the example indices of each batch, parts of one array; every example is in exactly one
 */
export function shuffledBatches(
  encoded: EncodedSplit,
  options: { batchSize: number; batchTokens?: number; random: Random },
): Int32Array[] {
  const { batchTokens, random } = options;
  const batchSize = batchTokens === undefined ? options.batchSize : examplesOfTokens(encoded, batchTokens);
  const order = Int32Array.from({ length: exampleCount(encoded) }, (_, example) => example);
  random.shuffle(order);
  const halfOfAll = Math.floor(order.length / batchSize / 2);
  const windowSize = batchSize * Math.max(1, Math.min(windowBatches, halfOfAll));
  const batches: Int32Array[] = [];
  for (let start = 0; start < order.length; start += windowSize) {
    const window = order.subarray(start, start + windowSize);
    sortByLength(window, encoded);
    const cut =
      batchTokens === undefined
        ? cutWithOneShort(window, { batchSize, random })
        : cutByTokens(window, encoded, { batchTokens, random });
    for (const batch of cut) batches.push(batch);
  }
  const batchOrder = Int32Array.from(batches, (_, batch) => batch);
  random.shuffle(batchOrder);
  return Array.from(batchOrder, (batch) => batches[batch]);
}

/**
 * One epoch of batches whose examples are grouped at random, whatever their length: what bucketing is measured against.
 */
export function unsortedBatches(
  encoded: EncodedSplit,
  { batchSize, random }: { batchSize: number; random: Random },
): Int32Array[] {
  const order = Int32Array.from({ length: exampleCount(encoded) }, (_, example) => example);
  random.shuffle(order);
  return cutWithOneShort(order, { batchSize, random });
}

/** Cuts into batches; the one that is short stands at a random place, or it would always hold the longest examples. */
function cutWithOneShort(
  examples: Int32Array,
  { batchSize, random }: { batchSize: number; random: Random },
): Int32Array[] {
  const rest = examples.length % batchSize;
  const count = Math.ceil(examples.length / batchSize);
  const short = rest === 0 ? -1 : random.integer(count);
  let start = 0;
  return Array.from({ length: count }, (_, batch) => {
    const end = start + (batch === short ? rest : batchSize);
    const cut = examples.subarray(start, end);
    start = end;
    return cut;
  });
}
