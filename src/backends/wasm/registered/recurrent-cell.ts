import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { FusedCell, RecurrentAttributes, RecurrentInputs } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { PlacedPlan } from './placed-plan.js';

interface CellRow {
  /** As `Cell` of kernels/cell.ts numbers it. */
  number: number;
  gates: number;
  biasRows: number;
  /** Whether its state has a second part, the cell state of an LSTM. */
  hasCellState: boolean;
  /** What a gradient needs of each step beyond the state: activations [tokens, G * S], and one more row [tokens, S]. */
  keepsGates: boolean;
}

const gru = { gates: 3, biasRows: 1, hasCellState: false, keepsGates: true };
const simple = { gates: 1, biasRows: 1, hasCellState: false, keepsGates: false };

export const cellTable = {
  gruResetAfter: { ...gru, number: 0, biasRows: 2 },
  gruResetBefore: { ...gru, number: 1 },
  lstm: { number: 2, gates: 4, biasRows: 1, hasCellState: true, keepsGates: true },
  simpleTanh: { ...simple, number: 3 },
  simpleRelu: { ...simple, number: 4 },
} satisfies Record<FusedCell, CellRow>;

/** Sizes that the forward and the backward pass share. */
export interface RecurrentSizes {
  batch: number;
  time: number;
  features: number;
  units: number;
  /** Units filled up to a multiple of eight, as the kernels store them. */
  stride: number;
  gates: number;
}

export function recurrentSizes({ x, kernel, recurrentKernel }: RecurrentInputs): RecurrentSizes {
  const [batch, time, features] = x.shape;
  const units = recurrentKernel.shape[0];
  return { batch, time, features, units, stride: (units + 7) & ~7, gates: kernel.shape[1] / units };
}

/** Operands that the forward and the backward pass share. */
export function commonOperands(
  inputs: RecurrentInputs,
  options: { attributes: RecurrentAttributes; backend: WasmBackend; plan: PlacedPlan },
) {
  const { attributes, backend, plan } = options;
  const { features, units, time } = recurrentSizes(inputs);
  const address = (tensor?: TensorInfo) => (tensor ? backend.address(tensor) : 0);
  return {
    plans: plan.address,
    x: address(inputs.x),
    recurrentKernel: address(inputs.recurrentKernel),
    initialState: address(inputs.initialState),
    initialCell: address(inputs.initialCell),
    recurrentMask: address(inputs.recurrentMask),
    zoneout: address(inputs.zoneout),
    cellZoneout: address(inputs.cellZoneout),
    cell: cellTable[attributes.cell].number,
    features,
    units,
    time,
    zoneoutRate: attributes.zoneout,
    cellZoneoutRate: attributes.cellZoneout,
  };
}
