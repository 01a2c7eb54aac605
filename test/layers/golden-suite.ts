import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { goldenNames, type RecurrentCase, type RecurrentGolden, readGolden } from '../golden/read-golden.js';
import { expectGoldenCase } from './golden-case.js';
import type { RecurrentLayer } from './recurrent-case.js';

/** What a golden case tells of its layer. */
export interface GoldenArgs {
  units: number;
  activation: 'tanh' | 'relu';
  recurrentActivation: 'sigmoid';
  resetAfter?: boolean;
  returnSequences: boolean;
  returnState: true;
  goBackwards: boolean;
}

/**
 * Keras puts zeros, TF.js the initial state, where a row with an initial state has not met a token yet (golden/README.md).
 * These are 0 there and 1 elsewhere, [batch, time, 1] or [batch, 1] as the output: both agree on the output times them.
 */
function metTokens({ mask, initialStates, returnSequences, goBackwards }: RecurrentCase): tf.Tensor {
  if (!mask || initialStates.length === 0) return tf.scalar(1);
  const [batch, time] = mask.shape;
  const met: number[] = [];
  for (let row = 0; row < batch; row++) {
    let any = 0;
    for (let step = 0; step < time; step++) {
      any |= mask.values[row * time + (goBackwards ? time - 1 - step : step)];
      if (returnSequences || step === time - 1) met.push(any);
    }
  }
  return tf.tensor(met, returnSequences ? [batch, time, 1] : [batch, 1]);
}

/** Compares a layer with Keras, on every backend: outputs, final states, and all gradients. */
export function describeGolden(
  className: RecurrentGolden['layer']['className'],
  makeLayer: (args: GoldenArgs) => RecurrentLayer,
): void {
  registerLayers();
  const files = goldenNames('recurrent')
    .filter((name) => !name.startsWith('bidirectional-'))
    .map((name) => ({ name, file: readGolden('recurrent', name) }))
    .filter(({ file }) => file.layer.className === className);

  it('has enough golden cases to mean something', () => {
    expect(files.length).toBeGreaterThanOrEqual(2);
    expect(files.flatMap(({ file }) => file.cases).length).toBeGreaterThanOrEqual(15);
  });

  describe.each(backendVariants)(`${className} on $title`, (variant) => {
    beforeAll(() => useVariant(variant));

    for (const { name, file } of files) {
      for (const golden of file.cases) {
        it(`gives Keras' output, states and gradients: ${name}, ${golden.name}`, () => {
          tf.tidy(() => compareCase(file, golden, makeLayer));
        });
      }
    }
  });
}

function compareCase(
  file: RecurrentGolden,
  golden: RecurrentCase,
  makeLayer: (args: GoldenArgs) => RecurrentLayer,
): void {
  const { units, activation, resetAfter } = file.layer;
  const { returnSequences, goBackwards } = golden;
  const options = { returnSequences, returnState: true, goBackwards } as const;
  const layer = makeLayer({ units, activation, recurrentActivation: 'sigmoid', resetAfter, ...options });
  expectGoldenCase(layer, { file, golden, compared: metTokens(golden) });
}
