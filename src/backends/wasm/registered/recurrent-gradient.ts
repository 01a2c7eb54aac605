import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { RecurrentAttributes, RecurrentGradientInputs } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import { inputGradient } from './input-gradient.js';
import { inputRows, type PlacedPlan, withPlan } from './placed-plan.js';
import { cellTable, commonOperands, recurrentSizes } from './recurrent-cell.js';
import type { KernelCall } from './stock.js';

/**
 * The kernels `fusedKernels.recurrentGradient` and `zoneoutRecurrentGradient`. The forward pass has kept `states`, packed [tokens, S], and but for a simple
 * cell `gates` [tokens, G * S] and `kept` [tokens, S].
 *
 * @returns gradients of x, kernel and recurrentKernel, then of bias, initialState and initialCell where they were given
 */
export function recurrentGradient(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const inputs = call.inputs as unknown as RecurrentGradientInputs;
  const attributes = call.attrs as RecurrentAttributes;
  return withPlan(inputs, { goBackwards: attributes.goBackwards, backend }, (plan) => {
    const { gates, stride } = recurrentSizes(inputs);
    const { heap } = backend.runtime;
    const inputGates = heap.allocate(4 * plan.tokens * gates * stride);
    // Where every token has its own row of x there is nothing to sum.
    const inputSums =
      inputRows(inputs, backend) && heap.allocate(4 * plan.inputPositions.length * gates * stride);
    const weights = weightGradients(inputs, { backend, plan, attributes, inputGates, inputSums });
    const x = inputGradient(inputs, { backend, plan, inputGates, inputSums });
    return [x, ...weights];
  });
}

/** Everything but the gradient of x, of which it leaves the gate gradients in `inputGates` and `inputSums`. */
function weightGradients(
  inputs: RecurrentGradientInputs,
  options: {
    backend: WasmBackend;
    plan: PlacedPlan;
    attributes: RecurrentAttributes;
    inputGates: number;
    inputSums: number | undefined;
  },
): TensorInfo[] {
  const { backend, plan, attributes, inputGates, inputSums } = options;
  const { cell } = attributes;
  const { batch, features, units, stride } = recurrentSizes(inputs);
  const { number, gates, biasRows } = cellTable[cell];
  const { runtime } = backend;
  const { kernels } = runtime;
  const make = (like: TensorInfo | undefined, shape: number[]) =>
    like && backend.makeOutputInfo(shape, 'float32');
  const kernel = make(inputs.kernel, [features, gates * units])!;
  const recurrentKernel = make(inputs.recurrentKernel, [units, gates * units])!;
  const bias = make(inputs.bias, inputs.bias?.shape ?? []);
  const initialState = make(inputs.initialState, [batch, units]);
  const initialCell = make(inputs.initialCell, [batch, units]);
  const scratchBytes = kernels.recurrentGradientScratchBytes(number, units, plan.maximumRows);
  const shareBytes = kernels.shareBytes(number, features, units);
  const { tokens, threads } = plan;
  const address = (tensor?: TensorInfo) => (tensor ? backend.address(tensor) : 0);
  // A row of each token; two of the three are for some cells alone.
  const rowsBytes = 4 * tokens * stride;
  const candidateRows = cell === 'gruResetAfter' ? 1 : 0;
  const enteringRows = inputs.recurrentMask ? 1 : 0;
  const rowCount = 1 + candidateRows + enteringRows;
  runtime.withScratch(threads * (scratchBytes + shareBytes) + rowsBytes * rowCount, (scratch) => {
    const shares = scratch + threads * scratchBytes;
    const stateGradients = shares + threads * shareBytes;
    const candidateGates = stateGradients + rowsBytes;
    const entering = candidateGates + rowsBytes * candidateRows;
    runtime.run('recurrentBackward', threads, {
      ...commonOperands(inputs, { attributes, backend, plan }),
      states: address(inputs.states),
      gates: address(inputs.gates),
      kept: address(inputs.kept),
      inputGates,
      candidateGates,
      entering,
      stateGradients,
      outputGradient: address(inputs.outputGradient),
      finalGradient: address(inputs.finalGradient),
      finalCellGradient: address(inputs.finalCellGradient),
      inputSums: inputSums ?? 0,
      initialGradient: initialState?.address ?? 0,
      initialCellGradient: initialCell?.address ?? 0,
      shares,
      scratch,
      scratchBytes,
    });
    const row = 4 * gates * stride;
    runtime.runAlone(({ sumShares }) => {
      const sum = (firstRow: number, rows: number, target: number) =>
        sumShares(shares + firstRow * row, shareBytes, threads, rows, gates, units, target);
      sum(0, features, kernel.address);
      sum(features, units, recurrentKernel.address);
      if (bias) sum(features + stride, biasRows, bias.address);
    });
  });
  const results = [kernel, recurrentKernel, bias, initialState, initialCell];
  return results.flatMap((tensor) => (tensor ? [tensor.info] : []));
}
