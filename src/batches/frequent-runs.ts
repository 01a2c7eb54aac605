import { NgramTable } from '../text/ngram-table.js';

/** A run that comes once tells nothing that a text's own words do not. */
const leastCount = 2;

/**
 * The most frequent runs of 2 up to `longest` tokens of some examples, of those that come twice or more; of equally frequent
 * ones those that come first.
 *
 * @param examples the token ids of each
 * @param options.tokenCount each id is below it
 * @param options.limit how many, at most
 * @returns pairs for `KnownRuns`: a run stands behind the one without its last token, which comes at least as often
 */
export function frequentRuns(
  examples: Iterable<ArrayLike<number>>,
  options: { readonly tokenCount: number; readonly longest: number; readonly limit: number },
): Float32Array {
  const { tokenCount, longest, limit } = options;
  const table = new NgramTable(tokenCount);
  for (const ids of examples) {
    let shorter = ids;
    for (let length = 2; length <= longest; length++) {
      const nodes = new Int32Array(ids.length);
      for (let place = length - 1; place < ids.length; place++) {
        nodes[place] = table.count(shorter[place - 1], ids[place]);
      }
      shorter = nodes;
    }
  }
  const { prefixes, lasts, counts } = table.runs();
  const frequent = Int32Array.from(counts, (_, run) => run).filter((run) => counts[run] >= leastCount);
  // Stable: what is equally frequent stays in the order in which it came.
  frequent.sort((one, other) => counts[other] - counts[one] || one - other);
  const chosen = frequent.subarray(0, limit);
  const numbers = new Int32Array(counts.length);
  const pairs = new Float32Array(2 * chosen.length);
  chosen.forEach((run, number) => {
    numbers[run] = number;
    const prefix = prefixes[run];
    pairs[2 * number] = prefix < tokenCount ? prefix : -numbers[prefix - tokenCount] - 1;
    pairs[2 * number + 1] = lasts[run];
  });
  return pairs;
}
