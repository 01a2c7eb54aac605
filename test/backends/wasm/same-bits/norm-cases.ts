import type { CallMaker } from './call-maker.js';
import { casesOf } from './kernel-cases.js';

/** Floats that one of the sums of squares is made of. */
const sumFloats = 4096;

/** Numbers whose squares neither vanish nor overflow in doubles, but would in floats. */
const ofEverySize = (tools: CallMaker) => () => tools.usual(0) * 10 ** tools.integer(-30, 30);

/** Mostly above 0, whose mean takes away most of each. */
const lifted = (tools: CallMaker) => () => tools.usual(0) + 3;

const numbersOf = (tools: CallMaker) => (tools.round % 3 === 1 ? lifted(tools) : tools.summand);

function matrix(tools: CallMaker) {
  return { rows: tools.integer(1, 20), columns: tools.size(), epsilon: tools.round % 8 === 7 ? 0 : 1e-3 };
}

export const normCases = [
  casesOf('sumSquares', (tools) => {
    const isLong = tools.round % 3 === 2;
    const count = isLong ? sumFloats * tools.integer(1, 6) + tools.integer(-5, 5) : tools.count();
    const x = tools.floats(count, tools.flag(0) ? tools.value : ofEverySize(tools));
    return { x, count, sums: tools.space(Math.ceil(count / sumFloats), 'doubles') };
  }),
  casesOf(
    'limitColumns',
    (tools) => {
      const [rows, columns] = [tools.size(), tools.size()];
      const isZero = Array.from({ length: columns }, () => tools.chance(0.1));
      const near = 1.15 * Math.sqrt(rows) * (0.9 + 0.2 * tools.next());
      return {
        weights: tools.floats(rows * columns, (i) => (isZero[i % columns] ? 0 : tools.summand(i))),
        ...{ rows, columns },
        limit: [near, near, near, 1e9, near, 0][tools.round % 6],
        factors: tools.space(columns),
      };
    },
    30,
  ),
  casesOf(
    'normalizeForward',
    (tools) => {
      const sizes = matrix(tools);
      const { rows, columns } = sizes;
      return {
        x: tools.floats(rows * columns, numbersOf(tools)),
        gamma: tools.floatsIf(tools.flag(0), columns),
        beta: tools.floatsIf(tools.flag(1), columns),
        ...sizes,
        output: tools.space(rows * columns),
      };
    },
    40,
  ),
  casesOf(
    'normalizeBackward',
    (tools) => {
      const sizes = matrix(tools);
      const { rows, columns } = sizes;
      return {
        gradient: tools.floats(rows * columns, numbersOf(tools)),
        x: tools.floats(rows * columns, numbersOf(tools)),
        gamma: tools.floatsIf(tools.flag(0), columns),
        ...sizes,
        result: tools.space(rows * columns),
        shares: tools.space(tools.threads * 2 * columns),
        scratch: tools.scratchFloats(tools.threads * columns),
      };
    },
    40,
  ),
];
