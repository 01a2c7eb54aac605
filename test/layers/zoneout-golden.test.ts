import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fusedKernels } from '../../src/backends/fused-kernels.js';
import { hasKernel } from '../../src/layers/fused-kernel.js';
import { fusedRecurrent, type Zoneout } from '../../src/layers/fused-recurrent.js';
import { stepByStep } from '../../src/layers/recurrent-steps.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, hasOurKernels, useVariant } from '../backends/backend-variants.js';
import { readRegularization, type ZoneoutCase } from '../golden/read-regularization.js';
import { expectClose } from './expect-close.js';
import { tensorOf } from './golden-case.js';
import { cells } from './recurrent-case.js';

registerLayers();

const cases = readRegularization('zoneout').map((golden) => ({
  golden,
  title: `${golden.cell}, ${golden.kept.length > 0 ? 'drawn' : 'mean'}`,
}));

type Computation = (golden: ZoneoutCase, values: Record<string, tf.Tensor>) => tf.Tensor;

function zonesOf({ rates, kept }: ZoneoutCase): (Zoneout | undefined)[] {
  return rates.map((rate, i) => ({ rate, mask: kept[i] && tensorOf(kept[i]) }));
}

const fused: Computation = (golden, values) => {
  const { x, kernel, recurrentKernel, bias, initialState, initialCell } = values;
  const [zoneout, cellZoneout] = zonesOf(golden);
  const mask = tf.cast(tensorOf(golden.mask), 'bool');
  const initialStates = initialCell ? [initialState, initialCell] : [initialState];
  const options = { goBackwards: false, returnSequences: true, returnState: false, initialStates, mask };
  return fusedRecurrent({
    ...{ cell: golden.cell, x, kernel, recurrentKernel, bias },
    ...{ zoneout, cellZoneout, ...options },
  })[0];
};

const stepped: Computation = (golden, values) => {
  const { x, kernel, recurrentKernel, bias, initialState, initialCell } = values;
  const [zoneout, cellZoneout] = zonesOf(golden);
  const layer = cells[golden.cell].layer({ units: initialState.shape[1]!, returnSequences: true });
  Object.assign(layer.cell, { kernel: { read: () => kernel }, bias: { read: () => bias } });
  const mask = tf.cast(tensorOf(golden.mask), 'bool');
  const initialStates = initialCell ? [initialState, initialCell] : [initialState];
  const kwargs = { mask, initialState: initialStates };
  return stepByStep(layer, x, { masks: { zoneout, cellZoneout }, kwargs, recurrentKernel }) as tf.Tensor;
};

function expectGolden(golden: ZoneoutCase, compute: Computation): void {
  tf.tidy(() => {
    const names = Object.keys(golden.values);
    const values = names.map((name) => tensorOf(golden.values[name]));
    const run = (...given: tf.Tensor[]) =>
      compute(golden, Object.fromEntries(names.map((name, i) => [name, given[i]])));
    expectClose(run(...values), golden.output, 2e-6);
    const gradients = tf.grads(run)(values, tensorOf(golden.cotangent));
    names.forEach((name, i) => {
      expectClose(gradients[i], golden.gradients[name], 1e-5);
    });
  });
}

describe.each(backendVariants)('zoneout on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(cases)(
    'gives the numbers and gradients of cells that are walked by hand, step by step: $title',
    ({ golden }) => {
      expectGolden(golden, stepped);
    },
  );

  const isFused = hasOurKernels(variant);
  it.each(cases)(
    `gives them in one operation${isFused ? '' : ' (skipped: this backend has none)'}: $title`,
    ({ golden }) => {
      expect(hasKernel(fusedKernels.zoneoutRecurrent)).toBe(isFused);
      if (isFused) expectGolden(golden, fused);
    },
  );
});
