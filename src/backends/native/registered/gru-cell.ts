import type { RecurrentInputs } from '../../fused-kernels.js';
import type { Operations } from '../operations.js';
import { gruBackward } from './gru-gradient.js';
import {
  byStep,
  entering,
  type ForwardLoop,
  type ForwardResult,
  type LoopCell,
  type LoopWeights,
} from './loop-cell.js';
import { idOf, splitInto, zeros } from './recurrent-inputs.js';
import { saturating } from './saturating.js';

/**
 * Keras' GRU in both forms. The update gate z is replaced by k = 1 - z = sigmoid(-a), so that a step is h + k (c - h), and
 * k = 0, which marks a masked step, keeps the state to the last bit: its columns are negated.
 */
export const gruCell: LoopCell = {
  keepsMaskedState: false,
  closing: (units) =>
    Float32Array.from({ length: 3 * units }, (_, column) => (column < units ? -saturating : 0)),
  toKeras: (operations, id, units) => operations.run('Mul', [id, signs(operations, units)]),
  weights: gruWeights,
  forward: gruForward,
  backward: gruBackward,
};

function signs(operations: Operations, units: number): number {
  const values = Float32Array.from({ length: 3 * units }, (_, column) => (column < units ? -1 : 1));
  return operations.floats(values, [3 * units]);
}

function gruWeights(operations: Operations, inputs: RecurrentInputs): LoopWeights {
  const units = inputs.recurrentKernel.shape[0];
  const sign = signs(operations, units);
  const [kernel, recurrentKernel] = operations
    .idsOf([inputs.kernel, inputs.recurrentKernel])
    .map((id) => operations.run('Mul', [id, sign]));
  const given = idOf(operations, inputs.bias);
  if (given === undefined) return { kernel, recurrentKernel, inputBias: undefined };
  const bias = operations.run('Mul', [given, sign]);
  if (inputs.bias!.shape.length === 1) return { kernel, recurrentKernel, inputBias: bias };
  // Of the recurrent row only the candidate's part stays inside of the loop: there r is in the way.
  const [inputRow, recurrentRow] = operations.runAll('Unpack', [bias], { num: 2, axis: 0 }, 2);
  const [gatesBias, candidateBias] = splitInto(operations, recurrentRow, [2 * units, units], 0);
  const zero = operations.integers(0);
  const padded = operations.run('ConcatV2', [gatesBias, zeros(operations, [units]), zero], { N: 2 });
  const inputBias = operations.run('AddV2', [inputRow, padded]);
  return { kernel, recurrentKernel, inputBias, candidateBias };
}

/** A dozen operations a step. */
function gruForward(operations: Operations, loop: ForwardLoop): ForwardResult {
  const { cell, weights, units, inputProducts, initialState } = loop;
  const sizes = [2 * units, units];
  const [gatesKernel, candidateKernel] = splitInto(operations, weights.recurrentKernel, sizes);
  const [toGates, toCandidate] = splitInto(operations, inputProducts, sizes).map((rows) =>
    byStep(operations, rows, loop),
  );
  const one = operations.integers(1);
  const [states, gates, candidates, inner]: number[][] = [[], [], [], []];
  let state = initialState;
  for (let step = 0; step < loop.order.length; step++) {
    const v = entering(operations, state, loop);
    const sum = operations.run('AddV2', [operations.run('MatMul', [v, gatesKernel]), toGates[step]]);
    const gate = operations.run('Sigmoid', [sum]);
    const [k, r] = operations.runAll('Split', [one, gate], { num_split: 2 }, 2);
    let recurrent: number;
    if (cell === 'gruResetAfter') {
      // c = tanh(x Wh + bh + r (v Uh + ch))
      let product = operations.run('MatMul', [v, candidateKernel]);
      if (weights.candidateBias !== undefined) {
        product = operations.run('BiasAdd', [product, weights.candidateBias]);
      }
      inner.push(product);
      recurrent = operations.run('Mul', [r, product]);
    } else {
      // c = tanh(x Wh + bh + (r v) Uh)
      recurrent = operations.run('MatMul', [operations.run('Mul', [r, v]), candidateKernel]);
    }
    const candidate = operations.run('Tanh', [operations.run('AddV2', [recurrent, toCandidate[step]])]);
    const change = operations.run('Mul', [k, operations.run('Sub', [candidate, state])]);
    state = operations.run('AddV2', [state, change]);
    states.push(state);
    gates.push(gate);
    candidates.push(candidate);
  }
  return { states, gates, kept: [...candidates, ...inner] };
}
