import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import {
  type GoldenTensor,
  goldenNames,
  type RecurrentCase,
  type RecurrentGolden,
  readGolden,
} from '../golden/read-golden.js';
import { expectClose } from './expect-close.js';
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

const tensorOf = (golden: GoldenTensor) => tf.tensor(golden.values, golden.shape, golden.dtype);

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
  layer.build(file.input.shape);
  layer.setWeights(Object.values(file.weights).map(tensorOf));
  const mask = golden.mask ? tf.cast(tensorOf(golden.mask), 'bool') : undefined;
  const met = metTokens(golden);
  const run = (x: tf.Tensor, initialState: tf.Tensor[]) => {
    const kwargs = { mask, initialState: initialState.length ? initialState : undefined };
    const [output, ...states] = layer.call(x, kwargs) as tf.Tensor[];
    return [tf.mul(output, met), ...states];
  };

  const x = tensorOf(file.input);
  const states = golden.initialStates.map(tensorOf);
  const [output, ...finalStates] = run(x, states);
  expect(finalStates).toHaveLength(golden.finalStates.length);
  finalStates.forEach((state, i) => {
    expectClose(state, golden.finalStates[i], 2e-6);
  });
  expectClose(output, golden.output, 2e-6);
  const cotangent = tensorOf(golden.outputCotangent);

  const weights = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const loss = (input: tf.Tensor, ...initial: tf.Tensor[]) => {
    const [values, ...ends] = run(input, initial);
    const parts = [tf.sum(tf.mul(values, cotangent))];
    golden.finalStateCotangents.forEach((stateCotangent, i) => {
      parts.push(tf.sum(tf.mul(ends[i], tensorOf(stateCotangent))));
    });
    return tf.addN(parts) as tf.Scalar;
  };
  const [dInput, ...dStates] = tf.grads(loss)([x, ...states]);
  expectClose(dInput, golden.gradients.input, 1e-5);
  golden.gradients.initialStates.forEach((expected, i) => {
    expectClose(dStates[i], expected, 1e-5);
  });
  const { grads } = tf.variableGrads(() => loss(x, ...states), weights);
  Object.values(golden.gradients.weights).forEach((expected, i) => {
    expectClose(grads[weights[i].name], expected, 2e-5);
  });
}
