import type { Operations } from '../operations.js';
import {
  addAll,
  type BackwardLoop,
  type BackwardResult,
  byStep,
  entering,
  type ForwardLoop,
  type ForwardResult,
  type LoopCell,
  sumOverRows,
  timesTransposed,
} from './loop-cell.js';
import { idOf, joinRows, splitEqually } from './recurrent-inputs.js';

/** Keras' SimpleRNN, with tanh or relu. */
export const simpleCell: LoopCell = {
  keepsMaskedState: true,
  closing: () => undefined,
  toKeras: (_, id) => id,
  weights: (operations, inputs) => {
    const [kernel, recurrentKernel] = operations.idsOf([inputs.kernel, inputs.recurrentKernel]);
    return { kernel, recurrentKernel, inputBias: idOf(operations, inputs.bias) };
  },
  forward: simpleForward,
  backward: simpleBackward,
};

/** The new state where there is a token, the one of before in the padding. */
function simpleForward(operations: Operations, loop: ForwardLoop): ForwardResult {
  const { cell, weights, inputProducts, initialState, padding } = loop;
  const activation = cell === 'simpleRelu' ? 'Relu' : 'Tanh';
  const [states, fresh]: number[][] = [[], []];
  const zero = operations.floats(Float32Array.of(0), []);
  let state = initialState;
  byStep(operations, inputProducts, loop).forEach((products, step) => {
    const product = operations.run('MatMul', [entering(operations, state, loop), weights.recurrentKernel]);
    const next = operations.run(activation, [operations.run('AddV2', [product, products])]);
    const padded = padding[step];
    if (padded === undefined) state = next;
    else {
      const isPadding = operations.run('Greater', [padded, zero]);
      state = operations.run('SelectV2', [isPadding, state, next]);
    }
    states.push(state);
    fresh.push(next);
  });
  return { states, gates: fresh };
}

/** Two or three operations a step. */
function simpleBackward(operations: Operations, loop: BackwardLoop): BackwardResult {
  const { cell, inputs, weights, time, outputGradients, padding, recurrentMask } = loop;
  const [fresh] = operations.idsOf([inputs.gates!]);
  const ones = operations.run('OnesLike', [fresh]);
  const slopes =
    cell === 'simpleRelu'
      ? operations.run('ReluGrad', [ones, fresh])
      : operations.run('TanhGrad', [fresh, ones]);
  const factors = splitEqually(operations, slopes, 0, time);
  const sums = new Array<number>(time);
  let gradient = loop.finalGradient;
  for (let step = time - 1; step >= 0; step--) {
    if (outputGradients) gradient = operations.run('AddV2', [gradient, outputGradients[step]]);
    const padded = padding[step];
    const kept = padded === undefined ? undefined : operations.run('Mul', [gradient, padded]);
    const active = kept === undefined ? gradient : operations.run('Sub', [gradient, kept]);
    sums[step] = operations.run('Mul', [active, factors[step]]);
    const product = timesTransposed(operations, sums[step], weights.recurrentKernel);
    const entered = recurrentMask === undefined ? product : operations.run('Mul', [product, recurrentMask]);
    gradient = addAll(operations, [entered, kept]);
  }
  const inputSums = joinRows(operations, sums);
  const recurrentKernel = sumOverRows(operations, loop.entering, inputSums);
  return { inputSums, recurrentKernel, initialState: gradient };
}
