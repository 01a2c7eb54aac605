import type { CallMaker } from './call-maker.js';
import { casesOf } from './kernel-cases.js';

/** Now and then so many steps that the rows of a product come in pieces of 256. */
function stepsOf(tools: CallMaker) {
  if (tools.round % 15 === 7) return { time: tools.integer(257, 550), features: tools.integer(1, 12) };
  if (tools.isLarge) return { time: tools.integer(1, 60), features: tools.integer(41, 200) };
  return { time: tools.integer(1, 40), features: tools.integer(1, 40) };
}

/** Sequences with zeros before and behind them, some of them fewer than a window would have. */
function padding(tools: CallMaker) {
  const { time, features } = stepsOf(tools);
  const size = tools.integer(1, Math.min(time, 12));
  const before = tools.chance(0.3) ? 0 : tools.integer(0, size - 1);
  const behind = tools.chance(0.3) ? 0 : tools.integer(0, size - 1);
  const padded = Math.max(size, before + time + behind);
  return { batch: tools.integer(1, tools.isLarge ? 9 : 5), time, features, size, before, padded };
}

function convolution(tools: CallMaker) {
  const { time, before, ...sizes } = padding(tools);
  const { batch, padded, features, size } = sizes;
  const filters = tools.isLarge ? tools.integer(41, 130) : tools.integer(1, 40);
  const windows = batch * (padded - size + 1);
  return {
    ...{ place: { time, before }, sizes: { ...sizes, filters } },
    ...{
      kernelCount: size * features * filters,
      xCount: batch * padded * features,
      windows: windows * filters,
    },
  };
}

export const convolutionCases = [
  casesOf('padSequences', (tools) => {
    const { size: _, ...sizes } = padding(tools);
    const { batch, time, features, padded } = sizes;
    return {
      ...{ x: tools.floats(batch * time * features), mask: tools.mask(batch, time) },
      ...sizes,
      output: tools.space(batch * padded * features),
    };
  }),
  casesOf(
    'convolveForward',
    (tools) => {
      const { sizes, kernelCount, xCount, windows } = convolution(tools);
      const { size, features, filters } = sizes;
      return {
        ...{ x: tools.floats(xCount, tools.summand), kernel: tools.floats(kernelCount, tools.summand) },
        bias: tools.floatsIf(tools.flag(1), filters),
        ...{ ...sizes, relu: tools.flag(2), output: tools.space(windows) },
        ...tools.scratch('convolutionScratchBytes', size, features, filters),
      };
    },
    32,
  ),
  casesOf(
    'convolveKernelGradient',
    (tools) => {
      const { sizes, kernelCount, xCount, windows } = convolution(tools);
      return {
        ...{ x: tools.floats(xCount, tools.summand), gradient: tools.floats(windows, tools.summand) },
        ...{ ...sizes, kernelGradient: tools.space(kernelCount) },
        biasGradient: tools.flag(1) ? tools.space(sizes.filters) : 0,
        ...tools.scratch('convolutionKernelScratchBytes', sizes.filters),
      };
    },
    32,
  ),
  casesOf(
    'convolveInputGradient',
    (tools) => {
      const { place, sizes, kernelCount, windows } = convolution(tools);
      const { batch, size, features, filters, padded } = sizes;
      return {
        ...{
          gradient: tools.floats(windows, tools.summand),
          kernel: tools.floats(kernelCount, tools.summand),
        },
        ...{ mask: tools.mask(batch, place.time), ...place, ...sizes },
        result: tools.space(batch * place.time * features),
        ...tools.scratch('convolutionInputScratchBytes', size, features, filters, padded),
      };
    },
    32,
  ),
];
