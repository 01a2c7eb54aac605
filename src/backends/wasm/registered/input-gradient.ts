import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { RecurrentInputs } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import { inputRows, type PlacedPlan, withPlacedPlan } from './placed-plan.js';
import { recurrentSizes } from './recurrent-cell.js';

interface Options {
  backend: WasmBackend;
  plan: PlacedPlan;
  /** Packed [tokens, G * S], and [inputs, G * S] where rows were looked up; this function becomes their owner. */
  inputGates: number;
  inputSums: number | undefined;
}

/**
 * The gradient of x [batch, time, features]. Where the rows of x were looked up by ids, what is wanted of it is almost
 * always its sum by id, the gradient of the table: then that is computed, and the gradient itself only if somebody
 * reads it.
 */
export function inputGradient(inputs: RecurrentInputs, options: Options): TensorInfo {
  const { backend, plan, inputGates, inputSums } = options;
  const { heap } = backend.runtime;
  const rowsOfInput = inputRows(inputs, backend);
  if (!rowsOfInput || inputSums === undefined) {
    const { info, address } = backend.makeOutputInfo(inputs.x.shape, 'float32');
    fillGradient(inputs, { backend, plan, inputGates, gradient: address });
    heap.free(inputGates);
    return info;
  }
  const { ids } = rowsOfInput;
  const rows = rowSums(inputs, { backend, plan, inputSums });
  heap.free(inputSums);
  // Whoever changes the weights in place sees that they are shared, and takes a copy.
  backend.incRef(inputs.kernel.dataId);
  return backend.makeDeferredInfo(inputs.x.shape, {
    ids,
    rows,
    rowIds: idsAt(plan.inputPositions, ids),
    // The same plan again: by then the mask that it was made from may have been disposed of.
    compute: (gradient) =>
      withPlacedPlan(plan, backend, (placed) =>
        fillGradient(inputs, { backend, plan: placed, inputGates, gradient }),
      ),
    release: () => {
      heap.free(rows);
      heap.free(inputGates);
      backend.disposeData(inputs.kernel.dataId);
    },
  });
}

function idsAt(positions: Int32Array, ids: Int32Array): Int32Array {
  const result = new Int32Array(positions.length);
  for (let i = 0; i < result.length; i++) result[i] = ids[positions[i]];
  return result;
}

function fillGradient(
  inputs: RecurrentInputs,
  options: { backend: WasmBackend; plan: PlacedPlan; inputGates: number; gradient: number },
): void {
  const { backend, plan, inputGates, gradient } = options;
  const bytes = 4 * plan.tokens * recurrentSizes(inputs).features;
  backend.runtime.withScratch(bytes, (packed) => {
    run(inputs, { backend, plan, gates: inputGates, packed, gradient });
  });
}

/** @returns the address of [inputs, features]: the gradient summed over the tokens with the same row of x */
function rowSums(
  inputs: RecurrentInputs,
  options: { backend: WasmBackend; plan: PlacedPlan; inputSums: number },
): number {
  const { backend, plan, inputSums } = options;
  const packed = backend.runtime.heap.allocate(
    4 * plan.inputPositions.length * recurrentSizes(inputs).features,
  );
  run(inputs, { backend, plan, gates: inputSums, packed, gradient: 0 });
  return packed;
}

function run(
  inputs: RecurrentInputs,
  options: { backend: WasmBackend; plan: PlacedPlan; gates: number; packed: number; gradient: number },
): void {
  const { backend, plan, gates, packed, gradient } = options;
  const { features, units, time, gates: gateCount } = recurrentSizes(inputs);
  const { runtime } = backend;
  const scratchBytes = runtime.kernels.inputGradientScratchBytes(gateCount, features, units);
  const kernel = backend.address(inputs.kernel);
  runtime.withScratch(plan.threads * scratchBytes, (scratch) => {
    runtime.run('inputGradient', plan.threads, {
      plans: plan.address,
      kernel,
      gateGradients: gates,
      packed,
      gradient,
      gates: gateCount,
      features,
      units,
      time,
      scratch,
      scratchBytes,
    });
  });
}
