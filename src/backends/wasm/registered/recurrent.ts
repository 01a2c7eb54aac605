import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { RecurrentAttributes, RecurrentInputs } from '../../fused-kernels.js';
import type { ProductTable } from '../product-cache.js';
import type { WasmBackend } from '../wasm-backend.js';
import { inputRows, withPlan } from './placed-plan.js';
import { cellTable, commonOperands, recurrentSizes } from './recurrent-cell.js';
import type { KernelCall } from './stock.js';

/** The products of x's table with the kernel, where they may be used: nobody will ask for a gradient by the kernel. */
function productTable(
  inputs: RecurrentInputs,
  { keepForGradient, backend }: { keepForGradient: boolean; backend: WasmBackend },
): ProductTable | undefined {
  const rows = inputRows(inputs, backend);
  if (keepForGradient || !rows || !backend.isCurrent(rows)) return undefined;
  const { gates, stride } = recurrentSizes(inputs);
  const size = { rows: rows.tableRows, columns: gates * stride };
  return backend.products.tableFor(rows.tableId, inputs.kernel.dataId, size);
}

/** Whether a unit keeps any of its former state. */
function zonesState({ zoneout }: RecurrentInputs, { zoneout: rate }: RecurrentAttributes): boolean {
  return zoneout !== undefined || rate > 0;
}

/**
 * The kernels `fusedKernels.recurrent` and `zoneoutRecurrent`.
 *
 * @returns [final state [batch, units]], then an LSTM's final cell state, then the output [batch, time, units] where
 *   `returnSequences`, then what the gradient needs where `keepForGradient`: packed states [tokens, S], and but for a
 *   simple cell gates [tokens, G * S] and one more row of each step [tokens, S]; with zoneout gates of a simple cell, too
 */
export function recurrent(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const inputs = call.inputs as unknown as RecurrentInputs;
  const attributes = call.attrs as RecurrentAttributes;
  const { cell, goBackwards, returnSequences, keepForGradient } = attributes;
  const { number, gates: gateCount, hasCellState, keepsGates } = cellTable[cell];
  const { batch, time, features, units, stride } = recurrentSizes(inputs);
  const { runtime } = backend;
  const table = productTable(inputs, { keepForGradient, backend });
  return withPlan(inputs, { goBackwards, backend, known: table?.known }, (plan) => {
    const make = (wanted: boolean, shape: number[]) =>
      wanted ? backend.makeOutputInfo(shape, 'float32') : undefined;
    const final = make(true, [batch, units])!;
    const finalCell = make(hasCellState, [batch, units]);
    const output = make(returnSequences, [batch, time, units]);
    const states = make(true, [plan.tokens, stride])!;
    const keepsGatesNow = keepForGradient && (keepsGates || zonesState(inputs, attributes));
    const gates = make(keepsGatesNow || cell === 'gruResetBefore', [plan.tokens, gateCount * stride]);
    const kept = make(keepForGradient && keepsGates, [plan.tokens, stride]);
    const { maximumRows, maximumInputs } = plan;
    const { kernels } = runtime;
    const scratchBytes = kernels.recurrentScratchBytes(number, features, units, maximumRows, maximumInputs);
    const address = (block?: { address: number }) => block?.address ?? 0;
    runtime.withScratch(plan.threads * scratchBytes, (scratch) => {
      runtime.run('recurrentForward', plan.threads, {
        ...commonOperands(inputs, { attributes, backend, plan }),
        kernel: backend.address(inputs.kernel),
        bias: inputs.bias ? backend.address(inputs.bias) : 0,
        states: states.address,
        gates: address(gates),
        kept: address(kept),
        output: address(output),
        finalState: final.address,
        finalCell: address(finalCell),
        table: address(table),
        scratch,
        scratchBytes,
      });
    });
    if (table) for (const row of plan.inputRows) table.known[row] = 1;
    const results = [final, finalCell, output];
    if (keepForGradient) results.push(states, gates, kept);
    else for (const block of [states, gates]) if (block) backend.disposeIntermediateTensorInfo(block.info);
    return results.flatMap((block) => (block ? [block.info] : []));
  });
}
