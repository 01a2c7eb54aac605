// Weights and gradients of gated cells. Keras keeps the gates of a cell side by side, [rows, gates * units]; the kernels
// work eight units at a time, so inside them each gate is filled up to `stride` units, a multiple of eight, with zeros.
import { bytes } from './bytes';
import { packB } from './matrix';
import { columnStart, filledColumns, panelColumns } from './panel';
import { addRow } from './sequence';

/** Units of a gate inside the kernels. */
// @ts-ignore: decorator
@inline
export function gateStride(units: i32): i32 {
  return (units + 7) & ~7;
}

/** Packs columns [firstGate, firstGate + gates) of weights [depth, allGates * units] as the B of x * W. */
export function packWeights(
  weights: usize,
  depth: i32,
  allGates: i32,
  firstGate: i32,
  gates: i32,
  units: i32,
  packed: usize,
): void {
  const stride = gateStride(units);
  const row = allGates * units;
  const first = weights + bytes(firstGate * units);
  if (stride == units) {
    packB(first, row, 1, depth, gates * units, packed);
    return;
  }
  const columns = gates * stride;
  const filled = filledColumns(columns);
  for (let column = 0; column < filled; column++) {
    const unit = column % stride;
    const real = column < columns && unit < units;
    const source = first + bytes((column / stride) * units + unit);
    let target = packed + columnStart(column, depth);
    for (let k = 0; k < depth; k++) {
      store<f32>(target, real ? load<f32>(source + bytes(k * row)) : 0);
      target += bytes(panelColumns);
    }
  }
}

/** Packs the transpose of the same columns, [gates * stride, depth], as the B of dGates * W^T. */
export function packTransposedWeights(
  weights: usize,
  depth: i32,
  allGates: i32,
  firstGate: i32,
  gates: i32,
  units: i32,
  packed: usize,
): void {
  const stride = gateStride(units);
  const row = allGates * units;
  const first = weights + bytes(firstGate * units);
  if (stride == units) {
    packB(first, 1, row, gates * units, depth, packed);
    return;
  }
  const filled = filledColumns(depth);
  const rows = gates * stride;
  for (let column = 0; column < filled; column++) {
    let target = packed + columnStart(column, rows);
    for (let k = 0; k < rows; k++) {
      const unit = k % stride;
      const source = first + bytes(column * row + (k / stride) * units + unit);
      store<f32>(target, column < depth && unit < units ? load<f32>(source) : 0);
      target += bytes(panelColumns);
    }
  }
}

/** Copies [rows, gates * units] to [rows, gates * stride], filled up with zeros; zeros where there is no source. */
export function widen(source: usize, rows: i32, gates: i32, units: i32, target: usize): void {
  const stride = gateStride(units);
  memory.fill(target, 0, bytes(rows * gates * stride));
  if (!source) return;
  for (let part = 0; part < rows * gates; part++) {
    memory.copy(target + bytes(part * stride), source + bytes(part * units), bytes(units));
  }
}

/** Sums the threads' shares [threads, rows, gates * stride], `shareBytes` apart, into [rows, gates * units]. */
export function sumShares(
  shares: usize,
  shareBytes: usize,
  threads: i32,
  rows: i32,
  gates: i32,
  units: i32,
  target: usize,
): void {
  const stride = gateStride(units);
  for (let part = 0; part < rows * gates; part++) {
    const to = target + bytes(part * units);
    const from = shares + bytes(part * stride);
    memory.copy(to, from, bytes(units));
    for (let thread = 1; thread < threads; thread++) addRow(to, from + <usize>thread * shareBytes, units);
  }
}

/** target [columns] += the sum of [rows, columns] over the rows; columns a multiple of four. */
export function addColumnSums(source: usize, rows: i32, columns: i32, target: usize): void {
  for (let row = 0; row < rows; row++) addRow(target, source + bytes(row * columns), columns);
}
