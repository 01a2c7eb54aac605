import type { CallMaker } from './call-maker.js';
import { casesOf } from './kernel-cases.js';

/** The result's own memory, or every fourth time one of those that are read. */
const outputOf = (tools: CallMaker, count: number, read: readonly number[]) =>
  tools.round % 4 === 1 ? tools.pick(read) : tools.space(count);

const factor = (tools: CallMaker) => (tools.chance(0.2) ? tools.unusual() : tools.usual(0));

export const elementCases = [
  casesOf('addElements', (tools) => {
    const count = tools.count();
    const [a, b] = [tools.floats(count), tools.floats(count)];
    return { a, b, count, output: outputOf(tools, count, [a, b]) };
  }),
  casesOf('addScaledElements', (tools) => {
    const count = tools.count();
    const [a, b] = [tools.floats(count), tools.floats(count)];
    return { a, b, count, factor: factor(tools), output: outputOf(tools, count, [a, b]) };
  }),
  casesOf('scaleElements', (tools) => {
    const count = tools.count();
    const x = tools.floats(count);
    return { x, count, factor: factor(tools), output: outputOf(tools, count, [x]) };
  }),
  casesOf(
    'clipElements',
    (tools) => {
      const count = tools.count();
      const x = tools.floats(count);
      const limit = tools.chance(0.3) ? tools.unusual() : tools.next();
      return { x, count, limit, output: outputOf(tools, count, [x]) };
    },
    40,
  ),
  casesOf('moveElements', (tools) => {
    const count = tools.count();
    return { target: tools.floats(count), value: tools.floats(count), count, share: tools.share() };
  }),
  casesOf('reluGradient', (tools) => {
    const count = tools.count();
    const [gradient, output] = [tools.floats(count), tools.floats(count)];
    return { gradient, output, count, result: outputOf(tools, count, [gradient, output]) };
  }),
  casesOf('scaleSequences', (tools) => {
    const [batch, time, features] = [tools.integer(1, 9), tools.integer(1, 12), tools.size()];
    return {
      ...{ x: tools.floats(batch * time * features), scale: tools.floats(batch * features) },
      ...{ batch, time, features, output: tools.space(batch * time * features) },
    };
  }),
];

/** What belongs to no segment. */
const outside = (segments: number) => [-1, -5, segments, segments + 3, -(2 ** 31), 2 ** 31 - 1];

export const embeddingCases = [
  casesOf('gatherTableRows', (tools) => {
    const [tableRows, count, units] = [tools.size(), tools.size(), tools.size()];
    return {
      table: tools.floats(tableRows * units),
      ids: tools.integers(Array.from({ length: count }, () => tools.integer(0, tableRows - 1))),
      ...{ count, units, output: tools.space(count * units) },
    };
  }),
  casesOf('sumSegments', (tools) => {
    const [segments, count, units] = [tools.size(), tools.size(), tools.size()];
    const id = () => (tools.chance(0.1) ? tools.pick(outside(segments)) : tools.integer(0, segments - 1));
    return {
      rows: tools.floats(count * units),
      ids: tools.integers(Array.from({ length: count }, id)),
      ...{ count, units, segments, output: tools.space(segments * units) },
    };
  }),
];
