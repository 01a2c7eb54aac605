import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { FusedCell, RecurrentAttributes, RecurrentInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import { type Operations, withOperations } from '../operations.js';
import { cudnnPlan } from './cudnn-plan.js';
import { cudnnRecurrent } from './cudnn-recurrent.js';
import { gruCell } from './gru-cell.js';
import { gruAsGraph, hasGraph } from './gru-graphs.js';
import type { LoopCell, LoopWeights } from './loop-cell.js';
import { lstmCell } from './lstm-cell.js';
import {
  idOf,
  joinRows,
  type Padding,
  paddingColumn,
  paddingOf,
  recurrentSizes,
  reshaped,
  stateOrZeros,
  stepOrder,
  timeMajor,
} from './recurrent-inputs.js';
import { simpleCell } from './simple-cell.js';
import { sliceRows } from './states-before.js';

export const loopCells: Readonly<Record<FusedCell, LoopCell>> = {
  gruResetAfter: gruCell,
  gruResetBefore: gruCell,
  lstm: lstmCell,
  simpleTanh: simpleCell,
  simpleRelu: simpleCell,
};

/**
 * The kernel `fusedKernels.recurrent`: cuDNN's operation on a GPU, where it has this form; a graph on a CPU, where there is
 * one; else the products of all inputs at once, then a few operations a step.
 *
 * @returns [final state [B, U]], then an LSTM's final cell state, then the output [B, T, U] where `returnSequences`, then
 *   what the gradient wants where `keepForGradient`
 */
export const recurrent: KernelFunc = (call): TensorInfo[] => {
  const backend = call.backend as unknown as NativeBackend;
  const inputs = call.inputs as unknown as RecurrentInputs;
  const attributes = call.attrs as unknown as RecurrentAttributes;
  const plan = cudnnPlan(inputs, attributes, backend);
  return withOperations(backend, (operations) => {
    if (plan) return cudnnRecurrent(operations, inputs, { attributes, plan, backend });
    if (hasGraph({ attributes, backend })) return gruAsGraph(operations, inputs, { attributes, backend });
    return computeSteps(operations, inputs, attributes, backend);
  });
};

function computeSteps(
  operations: Operations,
  inputs: RecurrentInputs,
  attributes: RecurrentAttributes,
  backend: NativeBackend,
): number[] {
  const { cell, goBackwards, returnSequences, keepForGradient } = attributes;
  const { batch, time, units } = recurrentSizes(inputs);
  const loopCell = loopCells[cell];
  const weights = loopCell.weights(operations, inputs);
  const padding = paddingOf(inputs, backend);
  const products = inputProducts(operations, inputs, { weights, padding, closing: loopCell.closing(units) });
  const order = stepOrder(time, { goBackwards });
  const initialState = stateOrZeros(operations, inputs.initialState, inputs);
  const result = loopCell.forward(operations, {
    cell,
    weights,
    units,
    recurrentMask: idOf(operations, inputs.recurrentMask),
    padding: paddingBySteps(operations, padding, { loopCell, goBackwards }),
    inputProducts: products,
    order,
    initialState,
    initialCell: stateOrZeros(operations, inputs.initialCell, inputs),
  });
  const { states, finalCell, gates, kept } = result;
  const results = [states.at(-1)!];
  if (finalCell !== undefined) results.push(finalCell);
  // The gradient wants the states before each step, too: all but the last of these.
  const allStates = keepForGradient ? joinRows(operations, [initialState, ...states]) : undefined;
  if (returnSequences) {
    const rows =
      allStates === undefined
        ? joinRows(operations, states)
        : sliceRows(operations, allStates, { first: batch, count: time * batch, columns: units });
    const stepMajor = reshaped(operations, rows, [time, batch, units]);
    results.push(operations.run('Transpose', [stepMajor, operations.integers([1, 0, 2])]));
  }
  if (allStates !== undefined) {
    results.push(
      allStates,
      ...[gates, kept].flatMap((parts) => (parts ? [joinRows(operations, parts)] : [])),
    );
  }
  return results;
}

/** By step [B, 1], for the cells that look at it. */
export function paddingBySteps(
  operations: Operations,
  padding: Padding,
  { loopCell, goBackwards }: { loopCell: LoopCell; goBackwards: boolean },
): (number | undefined)[] {
  return stepOrder(padding.length, { goBackwards }).map((t) => {
    const column = loopCell.keepsMaskedState ? padding[t] : undefined;
    return column && operations.floats(column, [column.length, 1]);
  });
}

/** [T * B, G * U]: products of all inputs with the kernel, with bias and mask. */
function inputProducts(
  operations: Operations,
  inputs: RecurrentInputs,
  options: { weights: LoopWeights; padding: Padding; closing: Float32Array | undefined },
): number {
  const { weights, padding, closing } = options;
  const { batch, time, features } = recurrentSizes(inputs);
  const rows = reshaped(operations, timeMajor(operations, inputs.x), [time * batch, features]);
  let products = operations.run('MatMul', [rows, weights.kernel]);
  if (weights.inputBias !== undefined) products = operations.run('BiasAdd', [products, weights.inputBias]);
  const column = closing && paddingColumn(padding, batch);
  if (closing && column) {
    const closed = operations.run('Mul', [
      operations.floats(column, [time * batch, 1]),
      operations.floats(closing, [1, closing.length]),
    ]);
    products = operations.run('AddV2', [products, closed]);
  }
  return products;
}
