import type { CallMaker } from './call-maker.js';
import { casesOf } from './kernel-cases.js';

function sizesOf(tools: CallMaker) {
  if (tools.isLarge) {
    return {
      ...{ batch: 9, time: tools.integer(30, 60) },
      ...{ features: tools.integer(41, 330), units: tools.integer(41, 150) },
    };
  }
  const [batch, time] = [tools.integer(1, 7), tools.integer(1, 40)];
  return { batch, time, features: tools.integer(1, 40), units: tools.integer(1, 40) };
}

/** Weights of steps, a quarter of which do not count. */
const weightsOf = (tools: CallMaker, batch: number, time: number) =>
  tools.floats(batch * time, () => (tools.chance(0.25) ? 0 : tools.next() / time));

export const attentionCases = [
  casesOf(
    'attentionForward',
    (tools) => {
      const sizes = sizesOf(tools);
      const { batch, time, features, units } = sizes;
      return {
        ...{ x: tools.floats(batch * time * features), hidden: tools.floats(batch * time * units) },
        ...{ bias: tools.floats(units), context: tools.floats(units), mask: tools.mask(batch, time) },
        ...sizes,
        ...{ weights: tools.space(batch * time), output: tools.space(batch * features) },
      };
    },
    40,
  ),
  casesOf(
    'attentionBackward',
    (tools) => {
      const sizes = sizesOf(tools);
      const { batch, time, features, units } = sizes;
      return {
        ...{ gradient: tools.floats(batch * features), x: tools.floats(batch * time * features) },
        ...{
          hidden: tools.floats(batch * time * units, () => tools.usual(0) / 2),
          context: tools.floats(units),
        },
        weights: weightsOf(tools, batch, time),
        ...sizes,
        ...{
          hiddenGradient: tools.space(batch * time * units),
          shares: tools.space(tools.threads * 2 * units),
        },
      };
    },
    40,
  ),
  casesOf('attentionInputGradient', (tools) => {
    const { batch, time, features } = sizesOf(tools);
    return {
      ...{ gradient: tools.floats(batch * features), weights: weightsOf(tools, batch, time) },
      ...{ batch, time, features, result: tools.floats(batch * time * features) },
    };
  }),
];
