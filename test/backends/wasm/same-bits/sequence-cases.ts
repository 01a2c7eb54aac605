import type { CallMaker } from './call-maker.js';
import { casesOf } from './kernel-cases.js';

const shapeOf = (tools: CallMaker) => ({
  batch: tools.integer(1, tools.isLarge ? 20 : 7),
  time: tools.integer(1, tools.isLarge ? 60 : 30),
});

/** Two directions, put together in each of four ways, with a mask of either order. */
function directions(tools: CallMaker) {
  const { batch, time } = shapeOf(tools);
  const units = tools.isLarge ? tools.integer(41, 150) : tools.integer(1, 40);
  const count = batch * time * units;
  const mode = tools.round & 3;
  const operands = {
    ...{ forward: tools.floats(count), backward: tools.floats(count), mask: tools.mask(batch, time) },
    ...{ batch, time, units, mode, maskReversed: tools.flag(2) },
  };
  return { operands, count, merged: mode === 0 ? 2 * count : count };
}

export const directionCases = [
  casesOf(
    'mergeDirections',
    (tools) => {
      const { operands, merged } = directions(tools);
      return { ...operands, output: tools.space(merged) };
    },
    32,
  ),
  casesOf(
    'splitDirections',
    (tools) => {
      const { operands, count, merged } = directions(tools);
      return {
        ...operands,
        ...{ gradient: tools.floats(merged), forwardGradient: tools.space(count) },
        backwardGradient: tools.space(count),
      };
    },
    32,
  ),
];

/** Where in the output the last state, the maximum and the mean stand, in widths of the input; -1 for what is not there. */
const poolings = [
  ...[
    [-1, -1, 0],
    [-1, 0, -1],
    [0, 1, 2],
    [0, -1, -1],
    [-1, -1, -1],
    [1, -1, 0],
    [-1, 1, 0],
  ],
];

function pooling(tools: CallMaker) {
  const { batch, time } = shapeOf(tools);
  const features = tools.isLarge ? tools.integer(41, 330) : tools.integer(1, 40);
  const parts = poolings[tools.round % poolings.length];
  const [lastAt, maximumAt, meanAt] = parts.map((part) => (part < 0 ? -1 : part * features));
  const width = Math.max(1, parts.filter((part) => part >= 0).length) * features;
  return { mask: tools.mask(batch, time), batch, time, features, lastAt, maximumAt, meanAt, width };
}

export const poolingCases = [
  casesOf(
    'poolForward',
    (tools) => {
      const operands = pooling(tools);
      const { batch, time, features, width } = operands;
      return {
        x: tools.floats(batch * time * features),
        ...operands,
        ...{ output: tools.space(batch * width), steps: tools.space(batch * features, 'exact') },
      };
    },
    35,
  ),
  casesOf(
    'poolBackward',
    (tools) => {
      const operands = pooling(tools);
      const { batch, time, features, width } = operands;
      const steps = Array.from({ length: batch * features }, () => tools.integer(0, time - 1));
      return {
        ...operands,
        ...{ gradient: tools.floats(batch * width), steps: tools.integers(steps) },
        result: tools.space(batch * time * features),
      };
    },
    35,
  ),
];
