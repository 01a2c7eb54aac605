import * as tf from '@tensorflow/tfjs-core';
import type { GoldenTensor, NamedTensors } from '../golden/read-golden.js';
import { expectClose } from '../layers/expect-close.js';

/** Variables on golden values, by the names that layers would give them. */
export function variablesOf(weights: NamedTensors): Record<string, tf.Variable> {
  const made = Object.entries(weights).map(([name, values]) => [
    name,
    tf.tidy(() => tf.variable(tensorOf(values), true, `golden/${name}`)),
  ]);
  return Object.fromEntries(made);
}

export function tensorOf({ values, shape }: GoldenTensor): tf.Tensor {
  return tf.tensor(values, shape);
}

/** Gradients by the names of the variables. Call it inside of `tidy`. */
export function gradientsOf(step: NamedTensors): tf.NamedTensorMap {
  return Object.fromEntries(
    Object.entries(step).map(([name, values]) => [`golden/${name}`, tensorOf(values)]),
  );
}

export function expectWeights(
  actual: Readonly<Record<string, tf.Tensor>>,
  expected: NamedTensors,
  tolerance: number,
): void {
  for (const [name, values] of Object.entries(expected)) expectClose(actual[name], values, tolerance);
}
