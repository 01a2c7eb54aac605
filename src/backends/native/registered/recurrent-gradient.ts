import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { RecurrentAttributes, RecurrentGradientInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import { type Operations, withOperations } from '../operations.js';
import { cudnnGradient } from './cudnn-gradient.js';
import { cudnnPlan } from './cudnn-plan.js';
import { gruGradientAsGraph, hasGraph } from './gru-graphs.js';
import {
  type BackwardResult,
  type LoopCell,
  type LoopWeights,
  sumOverRows,
  timesTransposed,
} from './loop-cell.js';
import { loopCells, paddingBySteps } from './recurrent.js';
import {
  idOf,
  paddingOf,
  recurrentSizes,
  reshaped,
  stateOrZeros,
  stepOrder,
  timeMajor,
} from './recurrent-inputs.js';
import { statesBefore } from './states-before.js';

/**
 * The kernel `fusedKernels.recurrentGradient`: everything that can be is computed for all steps at once, before and after
 * the walk back through them.
 *
 * @returns gradients of x, kernel and recurrentKernel, then of bias, initialState and initialCell where they were given
 */
export const recurrentGradient: KernelFunc = (call): TensorInfo[] => {
  const backend = call.backend as unknown as NativeBackend;
  const inputs = call.inputs as unknown as RecurrentGradientInputs;
  const attributes = call.attrs as unknown as RecurrentAttributes;
  const plan = cudnnPlan(inputs, attributes, backend);
  return withOperations(backend, (operations) => {
    if (plan) return cudnnGradient(operations, inputs, { attributes, plan, backend });
    if (hasGraph({ attributes, backend }))
      return gruGradientAsGraph(operations, inputs, { attributes, backend });
    const loopCell = loopCells[attributes.cell];
    const weights = loopCell.weights(operations, inputs);
    const walk = walkBack(operations, inputs, { attributes, loopCell, weights, backend });
    return parameterGradients(operations, inputs, { attributes, loopCell, weights, walk });
  });
};

function walkBack(
  operations: Operations,
  inputs: RecurrentGradientInputs,
  options: {
    attributes: RecurrentAttributes;
    loopCell: LoopCell;
    weights: LoopWeights;
    backend: NativeBackend;
  },
): BackwardResult {
  const { attributes, loopCell, weights, backend } = options;
  const { cell, goBackwards } = attributes;
  const { time, units } = recurrentSizes(inputs);
  const recurrentMask = idOf(operations, inputs.recurrentMask);
  return loopCell.backward(operations, {
    cell,
    weights,
    units,
    inputs,
    time,
    recurrentMask,
    padding: paddingBySteps(operations, paddingOf(inputs, backend), { loopCell, goBackwards }),
    entering: enteringStates(operations, inputs, recurrentMask),
    outputGradients: outputGradients(operations, inputs),
    finalGradient: stateOrZeros(operations, inputs.finalGradient, inputs),
    finalCellGradient: stateOrZeros(operations, inputs.finalCellGradient, inputs),
  });
}

/** [S * B, U]: what has entered the recurrent products. */
function enteringStates(
  operations: Operations,
  inputs: RecurrentGradientInputs,
  recurrentMask: number | undefined,
): number {
  const { batch, time, units } = recurrentSizes(inputs);
  const before = statesBefore(operations, inputs);
  if (recurrentMask === undefined) return before;
  const stepMajor = reshaped(operations, before, [time, batch, units]);
  const masked = operations.run('Mul', [stepMajor, recurrentMask]);
  return reshaped(operations, masked, [time * batch, units]);
}

/** Gradients of the output [B, U] by step; undefined where only the final state has one. */
function outputGradients(operations: Operations, inputs: RecurrentGradientInputs): number[] | undefined {
  if (!inputs.outputGradient) return undefined;
  const { time } = recurrentSizes(inputs);
  return operations.runAll(
    'Unpack',
    [timeMajor(operations, inputs.outputGradient)],
    { num: time, axis: 0 },
    time,
  );
}

function parameterGradients(
  operations: Operations,
  inputs: RecurrentGradientInputs,
  options: {
    attributes: RecurrentAttributes;
    loopCell: LoopCell;
    weights: LoopWeights;
    walk: BackwardResult;
  },
): number[] {
  const { attributes, loopCell, weights, walk } = options;
  const { batch, time, features, units } = recurrentSizes(inputs);
  const toKeras = (id: number) => loopCell.toKeras(operations, id, units);
  const inputSums = inTimeOrder(operations, walk.inputSums, { batch, time, ...attributes });
  const byX = reshaped(operations, timesTransposed(operations, inputSums, weights.kernel), [
    time,
    batch,
    features,
  ]);
  const rows = reshaped(operations, timeMajor(operations, inputs.x), [time * batch, features]);
  const results = [
    operations.run('Transpose', [byX, operations.integers([1, 0, 2])]),
    toKeras(sumOverRows(operations, rows, inputSums)),
    toKeras(walk.recurrentKernel),
  ];
  if (inputs.bias) {
    const byBias = [walk.inputSums, walk.recurrentSums].flatMap((sums) =>
      sums === undefined ? [] : [operations.run('BiasAddGrad', [sums])],
    );
    const whole =
      inputs.bias.shape.length === 1 ? byBias[0] : operations.run('Pack', byBias, { N: 2, axis: 0 });
    results.push(toKeras(whole));
  }
  // Copies: without a step they would be what was given.
  if (inputs.initialState) results.push(operations.run('Identity', [walk.initialState]));
  if (inputs.initialCell) results.push(operations.run('Identity', [walk.initialCell!]));
  return results;
}

/** Rows [S * B, N] in the order of time, where the steps went backwards. */
function inTimeOrder(
  operations: Operations,
  rows: number,
  { batch, time, goBackwards }: { batch: number; time: number; goBackwards: boolean },
): number {
  if (!goBackwards) return rows;
  const order = stepOrder(time, { goBackwards });
  const indices = order.flatMap((step) => Array.from({ length: batch }, (_, row) => step * batch + row));
  return operations.run('GatherV2', [rows, operations.integers(indices), operations.integers(0)]);
}
