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
import { idOf, joinColumns, joinRows, splitEqually } from './recurrent-inputs.js';
import { saturating } from './saturating.js';
import { cellsBefore } from './states-before.js';

/**
 * Keras' LSTM: c' = f c + i g, h' = o tanh(c'). Its gates i, f, g, o are put into the order i, f, o, g, so that the sigmoids
 * stand together. A masked step has i = 0, f = 1 and o = 0: the cell state stays to the last bit, the new state is zero, and
 * so is all that goes back through it; the state of before is added to it.
 */
export const lstmCell: LoopCell = {
  keepsMaskedState: true,
  closing: (units) =>
    Float32Array.from(
      { length: 4 * units },
      (_, column) => [-1, 1, -1, 0][Math.floor(column / units)] * saturating,
    ),
  toKeras: swapLastGates,
  weights: (operations, inputs) => {
    const units = inputs.recurrentKernel.shape[0];
    const bias = idOf(operations, inputs.bias);
    const [kernel, recurrentKernel] = operations.idsOf([inputs.kernel, inputs.recurrentKernel]);
    return {
      kernel: swapLastGates(operations, kernel, units),
      recurrentKernel: swapLastGates(operations, recurrentKernel, units),
      inputBias: bias === undefined ? undefined : swapLastGates(operations, bias, units),
    };
  },
  forward: lstmForward,
  backward: lstmBackward,
};

/** i, f, g, o as i, f, o, g, and back. */
function swapLastGates(operations: Operations, id: number, units: number): number {
  const columns = [0, 1, 3, 2].flatMap((gate) =>
    Array.from({ length: units }, (_, unit) => gate * units + unit),
  );
  return operations.run('GatherV2', [id, operations.integers(columns), operations.integers(-1)]);
}

function lstmForward(operations: Operations, loop: ForwardLoop): ForwardResult {
  const { weights, units, inputProducts, padding } = loop;
  const columns = [operations.integers([3 * units, units]), operations.integers(1)];
  const [states, cells, gates, candidates]: number[][] = [[], [], [], []];
  let [state, cell] = [loop.initialState, loop.initialCell];
  byStep(operations, inputProducts, loop).forEach((products, step) => {
    const product = operations.run('MatMul', [entering(operations, state, loop), weights.recurrentKernel]);
    const sum = operations.run('AddV2', [product, products]);
    const [toGates, toCandidate] = operations.runAll('SplitV', [sum, ...columns], { num_split: 2 }, 2);
    const gate = operations.run('Sigmoid', [toGates]);
    const [i, f, o] = operations.runAll('Split', [columns[1], gate], { num_split: 3 }, 3);
    const candidate = operations.run('Tanh', [toCandidate]);
    const [old, fresh] = [operations.run('Mul', [f, cell]), operations.run('Mul', [i, candidate])];
    cell = operations.run('AddV2', [old, fresh]);
    const open = operations.run('Mul', [o, operations.run('Tanh', [cell])]);
    const padded = padding[step];
    state = addAll(operations, [
      open,
      padded === undefined ? undefined : operations.run('Mul', [state, padded]),
    ]);
    states.push(state);
    cells.push(cell);
    gates.push(gate);
    candidates.push(candidate);
  });
  return { states, finalCell: cell, gates, kept: [...candidates, ...cells] };
}

/** Seven operations a step: all factors of the two gradients dh and dc are known before. */
function lstmBackward(operations: Operations, loop: BackwardLoop): BackwardResult {
  const { inputs, weights, time, outputGradients, padding, recurrentMask } = loop;
  const parts = (rows: number) => splitEqually(operations, rows, 0, time);
  const mul = (a: number, b: number) => operations.run('Mul', [a, b]);
  const [gates, kept] = operations.idsOf([inputs.gates!, inputs.kept!]);
  const [i, f, o] = splitEqually(operations, gates, 1, 3);
  const [candidates, cells] = splitEqually(operations, kept, 0, 2);
  const before = cellsBefore(operations, inputs, cells);
  const tanh = operations.run('Tanh', [cells]);
  // SigmoidGrad(y, dy) is y (1 - y) dy, TanhGrad(y, dy) is (1 - y^2) dy.
  const toCell = parts(operations.run('TanhGrad', [tanh, o]));
  const toSums = parts(
    joinColumns(operations, [
      operations.run('SigmoidGrad', [i, candidates]),
      operations.run('SigmoidGrad', [f, before]),
      operations.run('SigmoidGrad', [o, tanh]),
      operations.run('TanhGrad', [candidates, i]),
    ]),
  );
  const forget = parts(f);
  const one = operations.integers(1);
  const sums = new Array<number>(time);
  let [dh, dc] = [loop.finalGradient, loop.finalCellGradient];
  for (let step = time - 1; step >= 0; step--) {
    if (outputGradients) dh = operations.run('AddV2', [dh, outputGradients[step]]);
    dc = operations.run('AddV2', [dc, mul(dh, toCell[step])]);
    sums[step] = mul(operations.run('ConcatV2', [dc, dc, dh, dc, one], { N: 4 }), toSums[step]);
    const product = timesTransposed(operations, sums[step], weights.recurrentKernel);
    const entered = recurrentMask === undefined ? product : mul(product, recurrentMask);
    const padded = padding[step];
    dh = addAll(operations, [entered, padded === undefined ? undefined : mul(dh, padded)]);
    dc = mul(dc, forget[step]);
  }
  const inputSums = joinRows(operations, sums);
  const recurrentKernel = sumOverRows(operations, loop.entering, inputSums);
  return { inputSums, recurrentKernel, initialState: dh, initialCell: dc };
}
