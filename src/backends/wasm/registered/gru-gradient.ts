import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { GruAttributes, GruInputs } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import { gruSizes, inputRows, type PlacedPlan, withPlan } from './gru.js';
import { gruInputGradient } from './gru-input-gradient.js';
import type { KernelCall } from './stock.js';

interface GruGradientInputs extends GruInputs {
  /** What `gru` kept: packed [tokens, S], [tokens, 3 * S] and [tokens, S]. */
  states: TensorInfo;
  gates: TensorInfo;
  inner: TensorInfo;
  /** Gradient of the final state [batch, units]; zeros where absent. */
  finalGradient?: TensorInfo;
  /** Gradient of the output [batch, time, units]; zeros where absent. */
  outputGradient?: TensorInfo;
}

/**
 * The kernel `fusedKernels.gruGradient`.
 *
 * @returns gradients of x, kernel and recurrentKernel, then of bias and initialState where they were given
 */
export function gruGradient(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const inputs = call.inputs as unknown as GruGradientInputs;
  const { resetAfter, goBackwards } = call.attrs as GruAttributes;
  return withPlan(inputs, { goBackwards, backend }, (plan) => {
    const { stride } = gruSizes(inputs);
    const { heap } = backend.runtime;
    const inputGates = heap.allocate(4 * plan.tokens * 3 * stride);
    // Where every token has its own row of x there is nothing to sum.
    const inputSums =
      inputRows(inputs, backend) && heap.allocate(4 * plan.inputPositions.length * 3 * stride);
    const weights = weightGradients(inputs, { backend, plan, resetAfter, inputGates, inputSums });
    const x = gruInputGradient(inputs, { backend, plan, inputGates, inputSums });
    return [x, ...weights];
  });
}

/** Everything but the gradient of x, of which it leaves the gate gradients in `inputGates` and `inputSums`. */
function weightGradients(
  inputs: GruGradientInputs,
  options: {
    backend: WasmBackend;
    plan: PlacedPlan;
    resetAfter: boolean;
    inputGates: number;
    inputSums: number | undefined;
  },
): TensorInfo[] {
  const { backend, plan, resetAfter, inputGates, inputSums } = options;
  const { batch, time, features, units, stride } = gruSizes(inputs);
  const { runtime } = backend;
  const { kernels } = runtime;
  const kernel = backend.makeOutputInfo([features, 3 * units], 'float32');
  const recurrentKernel = backend.makeOutputInfo([units, 3 * units], 'float32');
  const bias = inputs.bias && backend.makeOutputInfo(inputs.bias.shape, 'float32');
  const initialState = inputs.initialState && backend.makeOutputInfo([batch, units], 'float32');
  const scratchBytes = kernels.gruGradientScratchBytes(units, plan.maximumRows);
  const shareBytes = kernels.gruShareBytes(features, units);
  const { tokens, threads } = plan;
  const address = (tensor?: TensorInfo) => (tensor ? backend.address(tensor) : 0);
  runtime.withScratch(threads * (scratchBytes + shareBytes) + 4 * tokens * 2 * stride, (scratch) => {
    const shares = scratch + threads * scratchBytes;
    const candidateGates = shares + threads * shareBytes;
    const stateGradients = candidateGates + 4 * tokens * stride;
    runtime.run('gruBackward', threads, [
      plan.address,
      ...[inputs.x, inputs.recurrentKernel, inputs.initialState].map(address),
      ...[inputs.states, inputs.gates, inputs.inner].map(address),
      ...[inputGates, candidateGates, stateGradients],
      ...[inputs.outputGradient, inputs.finalGradient].map(address),
      ...[inputSums ?? 0, initialState?.address ?? 0, shares],
      ...[features, units, time, Number(resetAfter), scratch, scratchBytes],
    ]);
    const row = 4 * 3 * stride;
    runtime.runAlone(({ sumShares }) => {
      const sum = (firstRow: number, rows: number, target: number) =>
        sumShares(shares + firstRow * row, shareBytes, threads, rows, 3, units, target);
      sum(0, features, kernel.address);
      sum(features, units, recurrentKernel.address);
      if (bias) sum(features + stride, resetAfter ? 2 : 1, bias.address);
    });
  });
  return [kernel, recurrentKernel, bias, initialState].flatMap((tensor) => (tensor ? [tensor.info] : []));
}
