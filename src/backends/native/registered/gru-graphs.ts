import { packageFile } from '../../../files/package-root.js';
import type { RecurrentAttributes, RecurrentGradientInputs, RecurrentInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import type { Operations } from '../operations.js';
import { idOf, paddingColumn, paddingOf, recurrentSizes, stateOrZeros, zeros } from './recurrent-inputs.js';

// A whole GRU layer, each way, as a graph of TensorFlow. The graphs are made by scripts/native/recurrent_graphs.py, which has
// their formulas and the shapes of what the gradient wants.

interface GraphOptions {
  readonly attributes: RecurrentAttributes;
  readonly backend: NativeBackend;
}

const graphsOf = new WeakMap<NativeBackend, number>();

/** Whether there is a graph for this: on a CPU, for a GRU whose reset gate acts after the recurrent product. */
export function hasGraph({ attributes, backend }: GraphOptions): boolean {
  return attributes.cell === 'gruResetAfter' && !backend.isUsingGpuDevice;
}

/** `fusedKernels.recurrent` */
export function gruAsGraph(operations: Operations, inputs: RecurrentInputs, options: GraphOptions): number[] {
  const { returnSequences, keepForGradient } = options.attributes;
  const columns = inputs.recurrentKernel.shape[1];
  const outputs = ['finalState'];
  if (returnSequences) outputs.push('output');
  if (keepForGradient) outputs.push('states', 'gates', 'kept');
  const given = {
    ...commonInputs(operations, inputs, options),
    bias: idOf(operations, inputs.bias) ?? zeros(operations, [2, columns]),
    initialState: stateOrZeros(operations, inputs.initialState, inputs),
  };
  return run(operations, 'gruResetAfter', { given, outputs, backend: options.backend });
}

/** `fusedKernels.recurrentGradient` */
export function gruGradientAsGraph(
  operations: Operations,
  inputs: RecurrentGradientInputs,
  options: GraphOptions,
): number[] {
  const { batch, time, units } = recurrentSizes(inputs);
  const [states, gates, kept] = operations.idsOf([inputs.states, inputs.gates!, inputs.kept!]);
  const given = {
    ...commonInputs(operations, inputs, options),
    ...{ states, gates, kept },
    outputGradient: idOf(operations, inputs.outputGradient) ?? zeros(operations, [batch, time, units]),
    finalGradient: stateOrZeros(operations, inputs.finalGradient, inputs),
  };
  const outputs = ['ofX', 'ofKernel', 'ofRecurrentKernel'];
  if (inputs.bias) outputs.push('ofBias');
  if (inputs.initialState) outputs.push('ofInitialState');
  return run(operations, 'gruResetAfterGradient', { given, outputs, backend: options.backend });
}

function commonInputs(operations: Operations, inputs: RecurrentInputs, options: GraphOptions) {
  const { attributes, backend } = options;
  const { batch, time } = recurrentSizes(inputs);
  const [x, kernel, recurrentKernel] = operations.idsOf([inputs.x, inputs.kernel, inputs.recurrentKernel]);
  const padding = paddingColumn(paddingOf(inputs, backend), batch);
  const open = padding?.map((isPadding) => 1 - isPadding) ?? new Float32Array(time * batch).fill(1);
  return {
    ...{ x, kernel, recurrentKernel },
    open: operations.floats(open, [time, batch, 1]),
    recurrentMask: idOf(operations, inputs.recurrentMask) ?? operations.floats(Float32Array.of(1), [1, 1]),
    first: operations.integers(attributes.goBackwards ? time - 1 : 0),
    direction: operations.integers(attributes.goBackwards ? -1 : 1),
  };
}

/** What only other outputs need is not computed. */
function run(
  operations: Operations,
  graph: string,
  options: { given: Record<string, number>; outputs: readonly string[]; backend: NativeBackend },
): number[] {
  const { given, outputs, backend } = options;
  const { binding } = backend;
  const model = graphsOf.get(backend) ?? binding.loadSavedModel(packageFile('dist', 'graphs'), 'serve');
  graphsOf.set(backend, model);
  const named = (names: readonly string[]) => names.map((name) => `${graph}/${name}:0`).join();
  const results = binding.runSavedModel(
    model,
    Object.values(given),
    named(Object.keys(given)),
    named(outputs),
  );
  return operations.adopt(results);
}
