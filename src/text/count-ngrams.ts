import { ngramOffsets } from './ngram-offsets.js';
import { NgramTable } from './ngram-table.js';
import type { TokenIds } from './token-ids.js';

/** All runs of tokens of some examples, numbered and counted. Nodes below `tokenCount` are tokens. */
export interface CountedNgrams {
  readonly tokenCount: number;
  /** `[nodes]`: how often each occurs. */
  readonly counts: Int32Array;
  /** `[nodes]`: the run without its last token; a token's own number for a token. Always before the node itself. */
  readonly prefixes: Int32Array;
  /** `[nodes]`: the last token. */
  readonly lasts: Int32Array;
  /** For each example its tokens' nodes, then those of its runs of two tokens, of three, and so on. */
  readonly nodes: TokenIds;
}

/**
 * Counts tokens and their runs of up to `longest` tokens.
 *
 * @param places examples as numbers of tokens, each below `tokenCount`
 */
export function countNgrams(
  { ids, offsets }: TokenIds,
  { tokenCount, longest }: { tokenCount: number; longest: number },
): CountedNgrams {
  const table = new NgramTable(tokenCount);
  const tokenCounts = new Int32Array(tokenCount);
  const nodeOffsets = ngramOffsets(offsets, longest);
  const nodes = new Int32Array(nodeOffsets[nodeOffsets.length - 1]);
  for (let example = 0; example + 1 < offsets.length; example++) {
    const [first, end] = [offsets[example], offsets[example + 1]];
    let node = nodeOffsets[example];
    for (let place = first; place < end; place++) {
      nodes[node++] = ids[place];
      tokenCounts[ids[place]]++;
    }
    for (let size = 2; size <= longest; size++) {
      // The run without its last token was written as many places before as there are runs of that size.
      const back = end - first - size + 2;
      for (let last = first + size - 1; last < end; last++) {
        nodes[node] = table.count(nodes[node - back], ids[last]);
        node++;
      }
    }
  }
  const runs = table.runs();
  const numbers = Int32Array.from({ length: tokenCount }, (_, token) => token);
  return {
    tokenCount,
    counts: joined(tokenCounts, runs.counts),
    prefixes: joined(numbers, runs.prefixes),
    lasts: joined(numbers, runs.lasts),
    nodes: { ids: nodes, offsets: nodeOffsets },
  };
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
