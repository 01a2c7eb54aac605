import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { GruAttributes, GruInputs } from '../../fused-kernels.js';
import { planFor } from '../plan-cache.js';
import type { ProductTable } from '../product-cache.js';
import { placePlan, type SequencePlan } from '../sequence-plan.js';
import type { LookedUpRows, WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** Rows that fill the registers of a thread: one that has fewer takes nearly as long. */
const rowsPerThread = 4;

/** Sizes that the forward and the backward pass share. */
export interface GruSizes {
  batch: number;
  time: number;
  features: number;
  units: number;
  /** Units filled up to a multiple of four, as the kernels store them. */
  stride: number;
}

export function gruSizes({ x, recurrentKernel }: GruInputs): GruSizes {
  const [batch, time, features] = x.shape;
  const units = recurrentKernel.shape[0];
  return { batch, time, features, units, stride: (units + 3) & ~3 };
}

/** A plan whose words lie in the WebAssembly memory. */
export type PlacedPlan = SequencePlan & { address: number };

/** Where the rows of x were looked up; undefined where x comes from elsewhere. */
export function inputRows({ x }: GruInputs, backend: WasmBackend): LookedUpRows | undefined {
  const rows = backend.rowsOf(x);
  return rows?.ids.length === x.shape[0] * x.shape[1] ? rows : undefined;
}

/** Plans the walk over the sequences and puts the plan into the WebAssembly memory for as long as `use` runs. */
export function withPlan<Result>(
  inputs: GruInputs,
  options: { goBackwards: boolean; backend: WasmBackend; known?: Uint8Array },
  use: (plan: PlacedPlan) => Result,
): Result {
  const { backend, goBackwards, known } = options;
  const { runtime } = backend;
  const { batch, time } = gruSizes(inputs);
  const mask = inputs.mask && (backend.data.get(inputs.mask.dataId).values as Uint8Array);
  const ids = inputRows(inputs, backend)?.ids;
  const threads = Math.min(runtime.threads, Math.ceil(batch / rowsPerThread));
  const shape = { batch, time, mask, goBackwards, threads, ids, known };
  return withPlacedPlan(planFor(shape, inputs.mask?.dataId), backend, use);
}

/** Puts a plan into the WebAssembly memory for as long as `use` runs. */
export function withPlacedPlan<Result>(
  plan: SequencePlan,
  { runtime }: WasmBackend,
  use: (plan: PlacedPlan) => Result,
): Result {
  return runtime.withScratch(4 * plan.words.length, (address) => {
    placePlan(plan, address, runtime.integers(address, plan.words.length));
    return use({ ...plan, address });
  });
}

/** The products of x's table with the kernel, where they may be used: nobody will ask for a gradient by the kernel. */
function productTable(
  inputs: GruInputs,
  { keepForGradient, backend }: { keepForGradient: boolean; backend: WasmBackend },
): ProductTable | undefined {
  const rows = inputRows(inputs, backend);
  if (keepForGradient || !rows || !backend.isCurrent(rows)) return undefined;
  const columns = 3 * gruSizes(inputs).stride;
  return backend.products.tableFor(rows.tableId, inputs.kernel.dataId, { rows: rows.tableRows, columns });
}

/**
 * The kernel `fusedKernels.gru`.
 *
 * @returns [final state [batch, units]], then the output [batch, time, units] where `returnSequences`, then three packed
 *   tensors where `keepForGradient`
 */
export function gru(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const inputs = call.inputs as unknown as GruInputs;
  const { resetAfter, goBackwards, returnSequences, keepForGradient } = call.attrs as GruAttributes;
  const { batch, time, features, units, stride } = gruSizes(inputs);
  const { runtime } = backend;
  const table = productTable(inputs, { keepForGradient, backend });
  return withPlan(inputs, { goBackwards, backend, known: table?.known }, (plan) => {
    const final = backend.makeOutputInfo([batch, units], 'float32');
    const output = returnSequences ? backend.makeOutputInfo([batch, time, units], 'float32') : undefined;
    const states = backend.makeOutputInfo([plan.tokens, stride], 'float32');
    const gates = backend.makeOutputInfo([plan.tokens, 3 * stride], 'float32');
    const inner = keepForGradient ? backend.makeOutputInfo([plan.tokens, stride], 'float32') : undefined;
    const scratchBytes = runtime.kernels.gruScratchBytes(
      features,
      units,
      plan.maximumRows,
      plan.maximumInputs,
    );
    const address = (tensor?: TensorInfo) => (tensor ? backend.address(tensor) : 0);
    runtime.withScratch(plan.threads * scratchBytes, (scratch) => {
      runtime.run('gruForward', plan.threads, [
        plan.address,
        ...[inputs.x, inputs.kernel, inputs.recurrentKernel, inputs.bias, inputs.initialState].map(address),
        ...[states.address, gates.address, inner?.address ?? 0, output?.address ?? 0, final.address],
        table?.address ?? 0,
        ...[features, units, time, Number(resetAfter), scratch, scratchBytes],
      ]);
    });
    if (table) for (const row of plan.inputRows) table.known[row] = 1;
    const results = output ? [final.info, output.info] : [final.info];
    if (inner) return [...results, states.info, gates.info, inner.info];
    backend.disposeIntermediateTensorInfo(states.info);
    backend.disposeIntermediateTensorInfo(gates.info);
    return results;
  });
}
