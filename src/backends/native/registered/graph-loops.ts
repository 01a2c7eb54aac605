import { packageFile } from '../../../files/package-root.js';
import type { NativeBackend } from '../native-backend.js';
import type { Operations } from '../operations.js';

/**
 * Loops over time as graphs of TensorFlow, made by scripts/native/recurrent_graphs.py: one call instead of a dozen
 * operations a step. [S, B, N] are inputs by step; outputs by step are rows [S * B, N].
 */
interface GraphLoops {
  gruResetAfter: {
    inputs: 'products' | 'recurrentKernel' | 'candidateBias' | 'mask' | 'initialState';
    outputs: 'finalState' | 'states' | 'gates' | 'candidates' | 'inner';
  };
  gruResetAfterGradient: {
    inputs: 'factors' | 'kept' | 'outputGradients' | 'recurrentKernel' | 'mask' | 'finalGradient';
    outputs: 'sums' | 'gradients' | 'initialState';
  };
}

const graphsOf = new WeakMap<NativeBackend, number>();

/**
 * Runs a loop.
 *
 * @param inputs ids of tensors
 * @param outputs those that are wanted; what only the others need is not computed
 */
export function runGraphLoop<Loop extends keyof GraphLoops>(
  operations: Operations,
  backend: NativeBackend,
  loop: Loop,
  inputs: Readonly<Record<GraphLoops[Loop]['inputs'], number>>,
  outputs: readonly GraphLoops[Loop]['outputs'][],
): number[] {
  const { binding } = backend;
  let graphs = graphsOf.get(backend);
  if (graphs === undefined) {
    graphs = binding.loadSavedModel(packageFile('dist', 'graphs'), 'serve');
    graphsOf.set(backend, graphs);
  }
  const named = (names: readonly string[]) => names.map((name) => `${loop}/${name}:0`).join();
  const ids = Object.values<number>(inputs);
  return operations.adopt(binding.runSavedModel(graphs, ids, named(Object.keys(inputs)), named(outputs)));
}
