import type { RecurrentInputs } from '../../fused-kernels.js';
import { planFor } from '../plan-cache.js';
import { placePlan, type SequencePlan } from '../sequence-plan.js';
import type { LookedUpRows, WasmBackend } from '../wasm-backend.js';

/** Rows that fill the registers of a thread: one that has fewer takes nearly as long. */
const rowsPerThread = 4;

/** A plan whose words lie in the WebAssembly memory. */
export type PlacedPlan = SequencePlan & { address: number };

/** Where the rows of x were looked up; undefined where x comes from elsewhere. */
export function inputRows({ x }: RecurrentInputs, backend: WasmBackend): LookedUpRows | undefined {
  const rows = backend.rowsOf(x);
  return rows?.ids.length === x.shape[0] * x.shape[1] ? rows : undefined;
}

/** Plans the walk over the sequences and puts the plan into the WebAssembly memory for as long as `use` runs. */
export function withPlan<Result>(
  inputs: RecurrentInputs,
  options: { goBackwards: boolean; backend: WasmBackend; known?: Uint8Array },
  use: (plan: PlacedPlan) => Result,
): Result {
  const { backend, goBackwards, known } = options;
  const { runtime } = backend;
  const [batch, time] = inputs.x.shape;
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
