import type { RecurrentGradientInputs } from '../../fused-kernels.js';
import type { Operations } from '../operations.js';
import { castInt8, cudnnAttributes } from './cudnn-attributes.js';
import { unpackCudnn } from './cudnn-params.js';
import { paddingOfLengths } from './cudnn-plan.js';
import { type CudnnOptions, cudnnInputs, reverseRows } from './cudnn-recurrent.js';
import { addAll } from './loop-cell.js';
import { idOf, recurrentSizes, reshaped, splitInto, timeMajor, zeros } from './recurrent-inputs.js';

/** Gradients of what cuDNN gave, [T, B, U] and [1, B, U], and of the initial state where the padding repeats that. */
interface OutputGradients {
  readonly output: number;
  readonly finalState: number;
  readonly initialState: number | undefined;
}

/** `fusedKernels.recurrentGradient` as one `CudnnRNNBackpropV3`; gets what `cudnnRecurrent` kept. */
export function cudnnGradient(
  operations: Operations,
  inputs: RecurrentGradientInputs,
  options: CudnnOptions,
): number[] {
  const { attributes, plan, backend } = options;
  const { batch, time, features, units } = recurrentSizes(inputs);
  const isLstm = attributes.cell === 'lstm';
  const [rows, reserve, host] = operations.idsOf([inputs.states, inputs.gates!, inputs.kept!]);
  const sizes = [time * batch, batch, ...(isLstm ? [batch] : [])];
  const [output, state, cellState] = splitInto(operations, rows, sizes, 0);
  const asState = (id: number) => reshaped(operations, id, [1, batch, units]);
  const none = zeros(operations, []);
  const gradients = outputGradients(operations, inputs, options);
  const cellGradient = idOf(operations, inputs.finalCellGradient);
  const ofCell = cellGradient === undefined ? zeros(operations, [1, batch, units]) : asState(cellGradient);
  const [byX, byState, byCell, vector] = operations.runDescribed(
    'CudnnRNNBackpropV3',
    [
      ...cudnnInputs(operations, inputs, options),
      ...[reshaped(operations, output, [time, batch, units]), asState(state)],
      ...[isLstm ? asState(cellState) : none, gradients.output, gradients.finalState, isLstm ? ofCell : none],
      ...[reserve, castInt8(operations, host, backend, { to: 'int8' })],
    ],
    cudnnAttributes(backend, { mode: plan.cell.mode }),
    4,
  );
  const biasRows = inputs.bias?.shape.length === 2 ? 2 : 1;
  const weights = unpackCudnn(operations, vector, { cell: plan.cell, features, units, biasRows });
  const results = [gradientOfX(operations, byX, inputs, options), weights.kernel, weights.recurrentKernel];
  if (inputs.bias) results.push(weights.bias);
  if (inputs.initialState) {
    const whole = addAll(operations, [byState, gradients.initialState]);
    results.push(reshaped(operations, whole, [batch, units]));
  }
  if (inputs.initialCell) results.push(reshaped(operations, byCell, [batch, units]));
  return results;
}

/** What the padding repeats has its gradient where it comes from. */
function outputGradients(
  operations: Operations,
  inputs: RecurrentGradientInputs,
  { attributes, plan }: CudnnOptions,
): OutputGradients {
  const { batch, time, units } = recurrentSizes(inputs);
  const state = [1, batch, units];
  const final = idOf(operations, inputs.finalGradient);
  const given = final === undefined ? undefined : reshaped(operations, final, state);
  const finalState = () => given ?? zeros(operations, state);
  if (!inputs.outputGradient) {
    return {
      output: zeros(operations, [time, batch, units]),
      finalState: finalState(),
      initialState: undefined,
    };
  }
  let output = timeMajor(operations, inputs.outputGradient);
  if (attributes.goBackwards) {
    const turned = operations.run('ReverseV2', [output, operations.integers([0])]);
    output = reverseRows(operations, turned, plan);
  }
  if (!plan.isPadded) return { output, finalState: finalState(), initialState: undefined };
  const padding = operations.floats(paddingOfLengths(plan, time), [time, batch, 1]);
  const ofPadding = operations.run('Mul', [output, padding]);
  const sum = operations.run('Sum', [ofPadding, operations.integers([0])], { keep_dims: true });
  const ofTokens = operations.run('Sub', [output, ofPadding]);
  if (attributes.goBackwards) return { output: ofTokens, finalState: finalState(), initialState: sum };
  return { output: ofTokens, finalState: addAll(operations, [sum, given]), initialState: undefined };
}

/** [B, T, F]; cuDNN does not say what it leaves in the padding, here it is zero. */
function gradientOfX(
  operations: Operations,
  byX: number,
  inputs: RecurrentGradientInputs,
  { attributes, plan }: CudnnOptions,
): number {
  const { batch, time } = recurrentSizes(inputs);
  let x = byX;
  if (plan.isPadded) {
    const zero = operations.floats(Float32Array.of(0), []);
    const padding = operations.floats(paddingOfLengths(plan, time), [time, batch, 1]);
    x = operations.run('SelectV2', [operations.run('Greater', [padding, zero]), zero, x]);
  }
  if (attributes.goBackwards) x = reverseRows(operations, x, plan);
  return operations.run('Transpose', [x, operations.integers([1, 0, 2])]);
}
