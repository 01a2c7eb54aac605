import type { CallMaker } from './call-maker.js';
import { casesOf } from './kernel-cases.js';

/** A gradient and its moments. */
function moments(tools: CallMaker, count = tools.count()) {
  return {
    ...{ m: tools.floats(count), v: tools.floats(count, tools.positive), gradient: tools.floats(count) },
    count,
  };
}

/** The same with what moves. */
function update(tools: CallMaker) {
  const operands = moments(tools);
  return { parameter: tools.floats(operands.count), ...operands, rate: 0.1 * tools.next() };
}

export const optimizerCases = [
  casesOf('adam', (tools) => ({
    ...update(tools),
    ...{ beta1: tools.share(), beta2: tools.share(), epsilon: tools.epsilon() },
  })),
  casesOf('adamW', (tools) => ({
    ...update(tools),
    ...{ share1: tools.share(), share2: tools.share(), epsilon: tools.epsilon(), decay: 0.1 * tools.share() },
  })),
  casesOf('nadamStep', (tools) => ({
    ...update(tools),
    ...{ share1: tools.share(), share2: tools.share(), ofMean: tools.share(), ofGradient: tools.share() },
    ...{ correction: tools.share(), epsilon: tools.epsilon() },
  })),
  casesOf('lambDirection', (tools) => {
    const operands = moments(tools);
    return {
      ...operands,
      ...{ share1: tools.share(), share2: tools.share(), correction1: tools.share() },
      ...{ correction2: tools.share(), epsilon: tools.epsilon(), output: tools.space(operands.count) },
    };
  }),
  casesOf(
    'rmsPropStep',
    (tools) => {
      const count = tools.count();
      return {
        ...{ parameter: tools.floats(count), v: tools.floats(count, tools.positive) },
        ...{ mean: tools.floatsIf(tools.flag(0), count), steps: tools.floatsIf(tools.flag(1), count) },
        ...{ gradient: tools.floats(count), count, rate: 0.1 * tools.next(), share: tools.share() },
        ...{ momentum: tools.share(), epsilon: tools.round % 7 === 6 ? -0 : tools.epsilon() },
      };
    },
    40,
  ),
  casesOf('adagradStep', (tools) => {
    const count = tools.count();
    return {
      ...{ parameter: tools.floats(count), sum: tools.floats(count, tools.positive) },
      ...{ gradient: tools.floats(count), count, rate: 0.1 * tools.next(), epsilon: tools.epsilon() },
    };
  }),
  casesOf('adadeltaStep', (tools) => {
    const count = tools.count();
    return {
      ...{ parameter: tools.floats(count), v: tools.floats(count, tools.positive) },
      ...{ w: tools.floats(count, tools.positive), gradient: tools.floats(count), count },
      ...{ rate: tools.next(), share: tools.share(), epsilon: tools.epsilon() },
    };
  }),
  casesOf('momentumStep', (tools) => {
    const count = tools.count();
    return {
      ...{ parameter: tools.floats(count), velocity: tools.floats(count), gradient: tools.floats(count) },
      ...{ count, rate: tools.share(), momentum: tools.share(), nesterov: tools.flag(0) },
    };
  }),
];
