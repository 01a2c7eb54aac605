import * as tf from '@tensorflow/tfjs-core';
import { GRU, type GruArgs } from '../../src/layers/gru.js';
import { randomNumbers } from '../backends/random-numbers.js';

/** Sizes and options of a GRU. */
export interface GruShape {
  batch: number;
  time: number;
  features: number;
  units: number;
  resetAfter: boolean;
  goBackwards?: boolean;
  returnSequences?: boolean;
  /** Default: true. */
  useBias?: boolean;
  withInitialState?: boolean;
  /** [batch, time] of 0 and 1. */
  mask?: ArrayLike<number>;
}

/** The arrays that a GRU computes from; each has a gradient. */
export interface GruValues {
  x: Float32Array;
  kernel: Float32Array;
  recurrentKernel: Float32Array;
  bias?: Float32Array;
  initialState?: Float32Array;
}

export interface GruCase {
  shape: GruShape;
  values: GruValues;
  /** Of the output; the loss is the sum of output x cotangent. */
  cotangent: Float32Array;
}

/** Lengths of the arrays of `GruValues`, and of the output. */
export function gruSizes({ batch, time, features, units, resetAfter, returnSequences }: GruShape) {
  return {
    x: batch * time * features,
    kernel: features * 3 * units,
    recurrentKernel: units * 3 * units,
    bias: (resetAfter ? 2 : 1) * 3 * units,
    initialState: batch * units,
    output: batch * (returnSequences ? time : 1) * units,
  };
}

/** Random values for a shape; the same seed gives the same ones. */
export function gruCase(shape: GruShape, seed = 1): GruCase {
  const sizes = gruSizes(shape);
  const numbers = (name: keyof typeof sizes, offset: number) =>
    randomNumbers(sizes[name], { seed: 10 * seed + offset });
  return {
    shape,
    values: {
      x: numbers('x', 1),
      kernel: numbers('kernel', 2),
      recurrentKernel: numbers('recurrentKernel', 3),
      ...(shape.useBias === false ? {} : { bias: numbers('bias', 4) }),
      ...(shape.withInitialState ? { initialState: numbers('initialState', 5) } : {}),
    },
    cotangent: numbers('output', 6),
  };
}

/** A mask that is 1 for the first tokens of each row. */
export function rightPadding(lengths: readonly number[], time: number): Int32Array {
  return Int32Array.from({ length: lengths.length * time }, (_, i) =>
    Number(i % time < lengths[Math.floor(i / time)]),
  );
}

/** Makes the layer of a case, with its weights. */
export function gruLayer({ shape, values }: GruCase, more: Partial<GruArgs> = {}): GRU {
  const { batch, time, features, units, resetAfter, goBackwards, returnSequences, useBias = true } = shape;
  const layer = new GRU({
    units,
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    resetAfter,
    goBackwards,
    returnSequences,
    useBias,
    ...more,
  });
  layer.build([batch, time, features]);
  tf.tidy(() => {
    const { kernel, recurrentKernel, bias } = values;
    const weights = [
      tf.tensor2d(kernel, [features, 3 * units]),
      tf.tensor2d(recurrentKernel, [units, 3 * units]),
    ];
    layer.setWeights(
      bias ? [...weights, tf.tensor(bias, resetAfter ? [2, 3 * units] : [3 * units])] : weights,
    );
  });
  return layer;
}

/** The output of our layer on the current backend. */
export function gruOutput(gru: GruCase, layer = gruLayer(gru)): Float32Array {
  const output = tf.tidy(() => callLayer(gru, layer, tensorsOf(gru)).dataSync<'float32'>());
  for (const weight of layer.weights) weight.dispose();
  return output;
}

/** The gradient of sum(output x cotangent) by each of the values, on the current backend. */
export function gruGradients(gru: GruCase, layer = gruLayer(gru)): Record<keyof GruValues, Float32Array> {
  const gradients = tf.tidy(() => {
    const inputs = Object.entries(tensorsOf(gru)).map(
      ([name, tensor]) => [name, tf.variable(tensor)] as const,
    );
    const [kernel, recurrentKernel, bias] = layer.trainableWeights.map(
      (weight) => weight.read() as tf.Variable,
    );
    const variables = Object.fromEntries([
      ...inputs,
      ...Object.entries({ kernel, recurrentKernel, bias }).filter(([, variable]) => variable),
    ]) as Record<string, tf.Variable>;
    const { grads } = tf.variableGrads(() => {
      const output = callLayer(gru, layer, Object.fromEntries(inputs));
      return tf.sum(tf.mul(output, tf.tensor(gru.cotangent, output.shape))) as tf.Scalar;
    }, Object.values(variables));
    const values = Object.entries(variables).map(([name, variable]) => [
      name,
      grads[variable.name].dataSync(),
    ]);
    for (const [, variable] of inputs) variable.dispose();
    return Object.fromEntries(values);
  });
  for (const weight of layer.weights) weight.dispose();
  return gradients;
}

function tensorsOf({ shape, values }: GruCase): { x: tf.Tensor; initialState?: tf.Tensor } {
  const { batch, time, features, units } = shape;
  const x = tf.tensor3d(values.x, [batch, time, features]);
  if (!values.initialState) return { x };
  return { x, initialState: tf.tensor2d(values.initialState, [batch, units]) };
}

function callLayer(
  { shape }: GruCase,
  layer: GRU,
  { x, initialState }: { x?: tf.Tensor; initialState?: tf.Tensor },
): tf.Tensor {
  const mask = shape.mask && tf.tensor2d(Uint8Array.from(shape.mask), [shape.batch, shape.time], 'bool');
  return layer.call(x!, { mask, initialState: initialState && [initialState] }) as tf.Tensor;
}
