import type { RecurrentAttributes, RecurrentInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import type { Operations } from '../operations.js';
import { castInt8, cudnnAttributes } from './cudnn-attributes.js';
import { packCudnn } from './cudnn-params.js';
import { type CudnnPlan, paddingOfLengths } from './cudnn-plan.js';
import { idOf, joinRows, recurrentSizes, reshaped, timeMajor, zeros } from './recurrent-inputs.js';

export interface CudnnOptions {
  readonly attributes: RecurrentAttributes;
  readonly plan: CudnnPlan;
  readonly backend: NativeBackend;
}

/**
 * `fusedKernels.recurrent` as one `CudnnRNNV3`. Backwards means that each row is turned around by its own length.
 *
 * @returns as the kernel does; kept for the gradient are the outputs and the final states as rows [.., U], cuDNN's reserve
 *   [n], and its host reserve as int32
 */
export function cudnnRecurrent(
  operations: Operations,
  inputs: RecurrentInputs,
  options: CudnnOptions,
): number[] {
  const { attributes, plan, backend } = options;
  const { cell, returnSequences, keepForGradient } = attributes;
  const { batch, time, units } = recurrentSizes(inputs);
  const [output, state, cellState, reserve, hostReserve] = operations.runDescribed(
    'CudnnRNNV3',
    cudnnInputs(operations, inputs, options),
    cudnnAttributes(backend, { mode: plan.cell.mode, training: keepForGradient }),
    5,
  );
  const asState = (id: number) => reshaped(operations, id, [batch, units]);
  const finals = cell === 'lstm' ? [asState(state), asState(cellState)] : [asState(state)];
  const results = [...finals];
  if (returnSequences) {
    const whole = wholeOutput(operations, inputs, { ...options, output, finalState: state });
    results.push(operations.run('Transpose', [whole, operations.integers([1, 0, 2])]));
  }
  if (!keepForGradient) return results;
  const rows = reshaped(operations, output, [time * batch, units]);
  const host = castInt8(operations, hostReserve, backend, { to: 'int32' });
  return [...results, joinRows(operations, [rows, ...finals]), operations.run('Identity', [reserve]), host];
}

/** cuDNN leaves zeros where the padding is. The layer repeats the state there: the last one, or backwards the first. */
function wholeOutput(
  operations: Operations,
  inputs: RecurrentInputs,
  options: CudnnOptions & { output: number; finalState: number },
): number {
  const { attributes, plan, output, finalState } = options;
  const { batch, time, units } = recurrentSizes(inputs);
  const initial = idOf(operations, inputs.initialState);
  const repeated = attributes.goBackwards
    ? initial !== undefined && reshaped(operations, initial, [1, batch, units])
    : finalState;
  let whole = output;
  if (plan.isPadded && repeated !== false) {
    const padding = operations.floats(paddingOfLengths(plan, time), [time, batch, 1]);
    whole = operations.run('AddV2', [output, operations.run('Mul', [padding, repeated])]);
  }
  if (!attributes.goBackwards) return whole;
  // The padding comes first: turned around as a whole, after each row was turned by its own length.
  return operations.run('ReverseV2', [reverseRows(operations, whole, plan), operations.integers([0])]);
}

/** [T, B, N], each row turned around by its own length. */
export function reverseRows(operations: Operations, id: number, { lengths }: CudnnPlan): number {
  return operations.run('ReverseSequence', [id, operations.integers([...lengths])], {
    seq_dim: 0,
    batch_dim: 1,
  });
}

/** input [T, B, F], input_h and input_c [1, B, U] (none for cells without one), params, sequence_lengths [B] */
export function cudnnInputs(
  operations: Operations,
  inputs: RecurrentInputs,
  { attributes, plan }: CudnnOptions,
): number[] {
  const { batch, units } = recurrentSizes(inputs);
  const { kernel, recurrentKernel, bias } = inputs;
  const shape = [1, batch, units];
  const [state, cellState] = [inputs.initialState, inputs.initialCell].map((tensor) => {
    const id = idOf(operations, tensor);
    return id === undefined ? zeros(operations, shape) : reshaped(operations, id, shape);
  });
  const x = timeMajor(operations, inputs.x);
  return [
    attributes.goBackwards ? reverseRows(operations, x, plan) : x,
    state,
    attributes.cell === 'lstm' ? cellState : zeros(operations, []),
    packCudnn(operations, { cell: plan.cell, kernel, recurrentKernel, bias }),
    operations.integers([...plan.lengths]),
  ];
}
