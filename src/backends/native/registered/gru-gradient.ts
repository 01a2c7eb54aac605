import type { Operations } from '../operations.js';
import { gruFactors } from './gru-factors.js';
import { addAll, type BackwardLoop, type BackwardResult, sumOverRows, timesTransposed } from './loop-cell.js';
import { joinColumns, joinRows, splitInto } from './recurrent-inputs.js';

/**
 * The walk back through a GRU's steps, of five operations each (nine where the reset gate acts before the product), and what
 * follows for all steps at once.
 */
export function gruBackward(operations: Operations, loop: BackwardLoop): BackwardResult {
  return loop.cell === 'gruResetAfter' ? walkResetAfter(operations, loop) : walkResetBefore(operations, loop);
}

/** What goes back to a state: straight, and through the recurrent products. */
function toState(operations: Operations, loop: BackwardLoop, kept: number, products: number[]): number {
  if (loop.recurrentMask === undefined) return addAll(operations, [kept, ...products]);
  const entered = operations.run('Mul', [addAll(operations, products), loop.recurrentMask]);
  return operations.run('AddV2', [kept, entered]);
}

function walkResetAfter(operations: Operations, loop: BackwardLoop): BackwardResult {
  const { weights, units, time, outputGradients } = loop;
  const factors = gruFactors(operations, loop, { resetAfter: true });
  const one = operations.integers(1);
  const sums = new Array<number>(time);
  const gradients = new Array<number>(time);
  let gradient = loop.finalGradient;
  for (let step = time - 1; step >= 0; step--) {
    if (outputGradients) gradient = operations.run('AddV2', [gradient, outputGradients[step]]);
    gradients[step] = gradient;
    const copies = operations.run('ConcatV2', [gradient, gradient, gradient, one], { N: 3 });
    sums[step] = operations.run('Mul', [copies, factors.recurrent[step]]);
    const kept = operations.run('Mul', [gradient, factors.kept[step]]);
    const product = timesTransposed(operations, sums[step], weights.recurrentKernel);
    gradient = toState(operations, loop, kept, [product]);
  }
  const recurrentSums = joinRows(operations, sums);
  const candidates = operations.run('Mul', [joinRows(operations, gradients), factors.allCandidate]);
  const [gates] = splitInto(operations, recurrentSums, [2 * units, units]);
  return {
    inputSums: joinColumns(operations, [gates, candidates]),
    recurrentSums,
    recurrentKernel: sumOverRows(operations, loop.entering, recurrentSums),
    initialState: gradient,
  };
}

function walkResetBefore(operations: Operations, loop: BackwardLoop): BackwardResult {
  const { weights, units, time, outputGradients } = loop;
  const factors = gruFactors(operations, loop, { resetAfter: false });
  const [gatesKernel, candidateKernel] = splitInto(operations, weights.recurrentKernel, [2 * units, units]);
  const one = operations.integers(1);
  const gates = new Array<number>(time);
  const candidates = new Array<number>(time);
  let gradient = loop.finalGradient;
  for (let step = time - 1; step >= 0; step--) {
    if (outputGradients) gradient = operations.run('AddV2', [gradient, outputGradients[step]]);
    candidates[step] = operations.run('Mul', [gradient, factors.candidate[step]]);
    const reset = timesTransposed(operations, candidates[step], candidateKernel);
    const k = operations.run('Mul', [gradient, factors.update[step]]);
    const r = operations.run('Mul', [reset, factors.reset[step]]);
    gates[step] = operations.run('ConcatV2', [k, r, one], { N: 2 });
    const kept = operations.run('Mul', [gradient, factors.kept[step]]);
    const through = operations.run('Mul', [reset, factors.through[step]]);
    const product = timesTransposed(operations, gates[step], gatesKernel);
    gradient = toState(operations, loop, kept, [product, through]);
  }
  const [allGates, allCandidates] = [joinRows(operations, gates), joinRows(operations, candidates)];
  const ofGates = sumOverRows(operations, loop.entering, allGates);
  const ofCandidate = sumOverRows(operations, factors.resetState, allCandidates);
  return {
    inputSums: joinColumns(operations, [allGates, allCandidates]),
    recurrentKernel: joinColumns(operations, [ofGates, ofCandidate]),
    initialState: gradient,
  };
}
