import * as tf from '@tensorflow/tfjs-core';
import type { FusedCell } from '../../src/backends/fused-kernels.js';
import { dropoutMask } from '../../src/layers/dropout-mask.js';
import { GRU } from '../../src/layers/gru.js';
import { LSTM } from '../../src/layers/lstm.js';
import { SimpleRNN } from '../../src/layers/simple-rnn.js';
import { zoneoutMask } from '../../src/layers/zoneout-mask.js';
import { Random } from '../../src/random/random.js';
import { randomNumbers } from '../backends/random-numbers.js';

export type RecurrentLayer = GRU | LSTM | SimpleRNN;

/** What a case gives to the constructor of a layer. */
interface LayerArgs {
  units: number;
  goBackwards?: boolean;
  returnSequences?: boolean;
  returnState?: boolean;
  useBias?: boolean;
  dropout?: number;
  recurrentDropout?: number;
  weightDropout?: number;
  zoneout?: number;
  cellZoneout?: number;
}

const gated = { activation: 'tanh', recurrentActivation: 'sigmoid' } as const;

/** The layers that compute each cell, and the sizes of their weights. */
export const cells = {
  gruResetAfter: {
    ...{ gates: 3, biasRows: 2, states: 1 },
    layer: (args: LayerArgs): RecurrentLayer => new GRU({ ...args, ...gated, resetAfter: true }),
  },
  gruResetBefore: {
    ...{ gates: 3, biasRows: 1, states: 1 },
    layer: (args: LayerArgs): RecurrentLayer => new GRU({ ...args, ...gated }),
  },
  lstm: {
    ...{ gates: 4, biasRows: 1, states: 2 },
    layer: (args: LayerArgs): RecurrentLayer => new LSTM({ ...args, ...gated }),
  },
  simpleTanh: {
    ...{ gates: 1, biasRows: 1, states: 1 },
    layer: (args: LayerArgs): RecurrentLayer => new SimpleRNN({ ...args, activation: 'tanh' }),
  },
  simpleRelu: {
    ...{ gates: 1, biasRows: 1, states: 1 },
    layer: (args: LayerArgs): RecurrentLayer => new SimpleRNN({ ...args, activation: 'relu' }),
  },
} satisfies Record<FusedCell, unknown>;

export const cellNames = Object.keys(cells) as FusedCell[];

/** Sizes and options of a recurrent layer. */
export interface RecurrentShape {
  cell: FusedCell;
  batch: number;
  time: number;
  features: number;
  units: number;
  goBackwards?: boolean;
  returnSequences?: boolean;
  returnState?: boolean;
  /** Default: true. */
  useBias?: boolean;
  withInitialState?: boolean;
  /** [batch, time] of 0 and 1. */
  mask?: ArrayLike<number>;
  /** Rates; the layer then trains, with a generator that starts anew at each call. */
  dropout?: number;
  recurrentDropout?: number;
  weightDropout?: number;
  /** Rates; drawn with those above or with `training`, else the mean of both values. */
  zoneout?: number;
  cellZoneout?: number;
  /** Default: whether anything is dropped. */
  training?: boolean;
}

/** The arrays that a layer computes from; each has a gradient. */
export interface RecurrentValues {
  x: Float32Array;
  kernel: Float32Array;
  recurrentKernel: Float32Array;
  bias?: Float32Array;
  initialState?: Float32Array;
  /** Of an LSTM. */
  initialCell?: Float32Array;
}

export interface RecurrentCase {
  shape: RecurrentShape;
  values: RecurrentValues;
  /** Of each result; the loss is the sum of result x cotangent. */
  cotangents: Float32Array[];
}

/** Lengths of the arrays of `RecurrentValues`. */
function sizesOf({ cell, batch, time, features, units }: RecurrentShape) {
  const { gates, biasRows } = cells[cell];
  return {
    x: batch * time * features,
    kernel: features * gates * units,
    recurrentKernel: units * gates * units,
    bias: biasRows * gates * units,
    initialState: batch * units,
    initialCell: batch * units,
  };
}

/** Length of the output, which comes first, and of the states that are returned. */
function resultSizes({ cell, batch, time, units, returnSequences, returnState }: RecurrentShape): number[] {
  const states = Array.from({ length: cells[cell].states }, () => batch * units);
  return [batch * (returnSequences ? time : 1) * units, ...(returnState ? states : [])];
}

/** Random values for a shape; the same seed gives the same ones. */
export function recurrentCase(shape: RecurrentShape, seed = 1): RecurrentCase {
  const sizes = sizesOf(shape);
  const numbers = (name: keyof typeof sizes, offset: number, scale = 1) =>
    randomNumbers(sizes[name], { seed: 10 * seed + offset, scale });
  // Nothing bounds the states of a relu but recurrent weights that do not make them grow.
  const scale = shape.cell === 'simpleRelu' ? 1 / shape.units : 1;
  return {
    shape,
    values: {
      x: numbers('x', 1),
      kernel: numbers('kernel', 2),
      recurrentKernel: numbers('recurrentKernel', 3, scale),
      ...(shape.useBias === false ? {} : { bias: numbers('bias', 4) }),
      ...(shape.withInitialState ? { initialState: numbers('initialState', 5) } : {}),
      ...(shape.withInitialState && shape.cell === 'lstm' ? { initialCell: numbers('initialCell', 7) } : {}),
    },
    cotangents: resultSizes(shape).map((size, i) =>
      randomNumbers(size, { seed: 10 * seed + 6 + 10_000 * i }),
    ),
  };
}

/** A mask that is 1 for the first tokens of each row. */
export function rightPadding(lengths: readonly number[], time: number): Int32Array {
  return Int32Array.from({ length: lengths.length * time }, (_, i) =>
    Number(i % time < lengths[Math.floor(i / time)]),
  );
}

/** Whether the layer of a case is called as in training. */
function trains({ training, dropout, recurrentDropout, weightDropout }: RecurrentShape): boolean {
  return training ?? Boolean(dropout || recurrentDropout || weightDropout);
}

const newRandom = () => new Random('masks of a case');

/**
 * What the layer of a case multiplies with: its inputs [batch, features], its states [batch, units], its recurrent kernel
 * [units, G * units], and its former states, and an LSTM's former cell states, [batch, time, units].
 */
export function masksOf(shape: RecurrentShape): {
  input?: Float32Array;
  recurrent?: Float32Array;
  weights?: Float32Array;
  zoneout?: Float32Array;
  cellZoneout?: Float32Array;
} {
  const { cell, batch, time, features, units } = shape;
  const random = newRandom();
  const draw = (rows: number, columns: number, rate?: number) =>
    rate && trains(shape)
      ? tf.tidy(() => dropoutMask([rows, columns], { rate, random }).dataSync<'float32'>())
      : undefined;
  const zones = (rate?: number) => {
    if (!rate) return undefined;
    if (!trains(shape)) return new Float32Array(batch * time * units).fill(rate);
    return tf.tidy(() => zoneoutMask([batch, time, units], { rate, random }).dataSync<'float32'>());
  };
  return {
    input: draw(batch, features, shape.dropout),
    recurrent: draw(batch, units, shape.recurrentDropout),
    weights: draw(units, cells[cell].gates * units, shape.weightDropout),
    zoneout: zones(shape.zoneout),
    cellZoneout: cell === 'lstm' ? zones(shape.cellZoneout) : undefined,
  };
}

/** Makes the layer of a case, with its weights. */
export function recurrentLayer({ shape, values }: RecurrentCase): RecurrentLayer {
  const { cell, batch, time, features, units } = shape;
  const { gates, biasRows, layer: make } = cells[cell];
  const { goBackwards, returnSequences, returnState, useBias = true } = shape;
  const { dropout, recurrentDropout, weightDropout, zoneout } = shape;
  // Of an LSTM alone.
  const cellZoneout = cell === 'lstm' ? shape.cellZoneout : undefined;
  const layer = make({
    ...{ units, goBackwards, returnSequences, returnState, useBias },
    ...{ dropout, recurrentDropout, weightDropout, zoneout, cellZoneout },
  });
  layer.build([batch, time, features]);
  tf.tidy(() => {
    const { kernel, recurrentKernel, bias } = values;
    const weights: tf.Tensor[] = [
      tf.tensor2d(kernel, [features, gates * units]),
      tf.tensor2d(recurrentKernel, [units, gates * units]),
    ];
    if (bias) weights.push(tf.tensor(bias, biasRows > 1 ? [biasRows, gates * units] : [gates * units]));
    layer.setWeights(weights);
  });
  return layer;
}

/** All results of our layer on the current backend: the output, and the states with `returnState`. */
export function recurrentResults(one: RecurrentCase, layer = recurrentLayer(one)): Float32Array[] {
  const results = tf.tidy(() =>
    callLayer(one, layer, tensorsOf(one)).map((result) => result.dataSync<'float32'>()),
  );
  for (const weight of layer.weights) weight.dispose();
  return results;
}

/** The output of our layer on the current backend. */
export function recurrentOutput(one: RecurrentCase, layer = recurrentLayer(one)): Float32Array {
  return recurrentResults(one, layer)[0];
}

/** The gradient of the loss of a case by each of its values, on the current backend. */
export function recurrentGradients(
  one: RecurrentCase,
  layer = recurrentLayer(one),
): Record<keyof RecurrentValues, Float32Array> {
  const gradients = tf.tidy(() => {
    const inputs = Object.entries(tensorsOf(one)).map(
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
      const results = callLayer(one, layer, Object.fromEntries(inputs));
      return lossOf(one, results);
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

/** Sum of the results times their cotangents. */
export function lossOf({ cotangents }: RecurrentCase, results: readonly tf.Tensor[]): tf.Scalar {
  const parts = results.map((result, i) => tf.sum(tf.mul(result, tf.tensor(cotangents[i], result.shape))));
  return tf.addN(parts) as tf.Scalar;
}

interface InputTensors {
  x?: tf.Tensor;
  initialState?: tf.Tensor;
  initialCell?: tf.Tensor;
}

function tensorsOf({ shape, values }: RecurrentCase): Record<string, tf.Tensor> {
  const { batch, time, features, units } = shape;
  const { x, initialState, initialCell } = values;
  return {
    x: tf.tensor3d(x, [batch, time, features]),
    ...(initialState && { initialState: tf.tensor2d(initialState, [batch, units]) }),
    ...(initialCell && { initialCell: tf.tensor2d(initialCell, [batch, units]) }),
  };
}

/** Calls a layer with the mask and the dropout of a case. */
export function callLayer(
  { shape }: RecurrentCase,
  layer: RecurrentLayer,
  { x, initialState, initialCell }: InputTensors,
): tf.Tensor[] {
  const mask = shape.mask && tf.tensor2d(Uint8Array.from(shape.mask), [shape.batch, shape.time], 'bool');
  const states = [initialState, initialCell].filter((state) => state !== undefined);
  const training = trains(shape);
  const result = layer.call(x!, {
    mask,
    initialState: states.length > 0 ? states : undefined,
    training,
    random: newRandom(),
  });
  return Array.isArray(result) ? result : [result];
}
