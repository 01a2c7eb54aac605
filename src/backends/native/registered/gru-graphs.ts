import type { Operations } from '../operations.js';
import { runGraphLoop } from './graph-loops.js';
import type { GruFactors } from './gru-factors.js';
import type { BackwardLoop, ForwardLoop, ForwardResult } from './loop-cell.js';
import { reshaped, zeros } from './recurrent-inputs.js';

/** The loop of a GRU whose reset gate acts after the recurrent product, as one graph. */
export function resetAfterAsGraph(operations: Operations, loop: ForwardLoop): ForwardResult {
  const { weights, units, order, backend } = loop;
  const byTime = reshaped(operations, loop.inputProducts, [order.length, -1, 3 * units]);
  const isReversed = order[0] > 0;
  const inputs = {
    products: isReversed ? operations.run('ReverseV2', [byTime, operations.integers([0])]) : byTime,
    recurrentKernel: weights.recurrentKernel,
    candidateBias: weights.candidateBias ?? zeros(operations, [units]),
    mask: maskOf(operations, loop),
    initialState: loop.initialState,
  };
  const run = (outputs: Parameters<typeof runGraphLoop<'gruResetAfter'>>[4]) =>
    runGraphLoop(operations, backend, 'gruResetAfter', inputs, outputs);
  if (!loop.keepsSteps) return { states: [], finalState: run(['finalState'])[0] };
  const [finalState, states, gates, ...kept] = run(['finalState', 'states', 'gates', 'candidates', 'inner']);
  return { states: [states], finalState, gates: [gates], kept };
}

/** The walk back: [S * B, 3U] by the recurrent sums, [S * B, U] by the states, and [B, U] by the initial state. */
export function resetAfterWalkAsGraph(
  operations: Operations,
  loop: BackwardLoop,
  factors: GruFactors,
): { recurrentSums: number; gradients: number; initialState: number } {
  const { weights, units, time, backend } = loop;
  const kept = reshaped(operations, factors.allKept, [time, -1, units]);
  const inputs = {
    factors: reshaped(operations, factors.allRecurrent, [time, -1, 3 * units]),
    kept,
    outputGradients: loop.outputGradients ?? operations.run('ZerosLike', [kept]),
    recurrentKernel: weights.recurrentKernel,
    mask: maskOf(operations, loop),
    finalGradient: loop.finalGradient,
  };
  const outputs = ['sums', 'gradients', 'initialState'] as const;
  const results = runGraphLoop(operations, backend, 'gruResetAfterGradient', inputs, outputs);
  const [recurrentSums, gradients, initialState] = results;
  return { recurrentSums, gradients, initialState };
}

/** [B, U], or what is as good where nothing is dropped. */
function maskOf(operations: Operations, { recurrentMask }: { recurrentMask: number | undefined }): number {
  return recurrentMask ?? operations.floats(Float32Array.of(1), [1, 1]);
}
