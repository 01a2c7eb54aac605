import type { CallMaker } from './call-maker.js';
import { casesOf } from './kernel-cases.js';

/** Rows, columns and depth: those where tiles and panels of every set of instructions end first, then any. */
const tellingSizes = [
  ...[
    [1, 1, 1],
    [6, 16, 4],
    [8, 32, 5],
    [7, 33, 8],
    [13, 17, 3],
    [16, 15, 1],
    [49, 7, 9],
    [5, 70, 260],
  ],
  ...[
    [97, 31, 11],
    [3, 95, 600],
    [50, 40, 257],
    [2, 64, 513],
  ],
];

const sizesOf = (tools: CallMaker) =>
  tellingSizes[tools.round >> 2] ?? [tools.integer(1, 97), tools.integer(1, 97), tools.integer(1, 300)];

/** Each size in all four transpositions. */
export const multiplyCases = [
  casesOf(
    'multiply',
    (tools) => {
      const [rows, columns, depth] = sizesOf(tools);
      return {
        a: tools.floats(rows * depth, tools.summand),
        b: tools.floats(depth * columns, tools.summand),
        c: tools.space(rows * columns),
        ...{ rows, columns, depth },
        ...{ transposeA: tools.flag(0), transposeB: tools.flag(1) },
        ...tools.scratch('multiplyScratchBytes', depth, columns),
      };
    },
    4 * tellingSizes.length,
  ),
];
