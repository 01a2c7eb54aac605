// Weights and gradients of gated cells. Keras keeps the gates of a cell side by side, [rows, gates * units]; the kernels
// work four units at a time, so inside them each gate is filled up to `stride` units, a multiple of four, with zeros.
import { packB } from './matrix';
import { addRow } from './sequence';

/** Units of a gate inside the kernels. */
// @ts-ignore: decorator
@inline
export function gateStride(units: i32): i32 {
  return (units + 3) & ~3;
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
  const first = weights + (<usize>(firstGate * units) << 2);
  if (stride == units) {
    packB(first, row, 1, depth, gates * units, packed);
    return;
  }
  const columns = gates * stride;
  const filled = (columns + 7) & ~7;
  for (let column = 0; column < filled; column++) {
    const unit = column % stride;
    const real = column < columns && unit < units;
    const source = first + (<usize>((column / stride) * units + unit) << 2);
    let target = packed + (<usize>((column & ~7) * depth + (column & 7)) << 2);
    for (let k = 0; k < depth; k++) {
      store<f32>(target, real ? load<f32>(source + (<usize>(k * row) << 2)) : 0);
      target += 32;
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
  const first = weights + (<usize>(firstGate * units) << 2);
  if (stride == units) {
    packB(first, 1, row, gates * units, depth, packed);
    return;
  }
  const filled = (depth + 7) & ~7;
  const rows = gates * stride;
  for (let column = 0; column < filled; column++) {
    let target = packed + (<usize>((column & ~7) * rows + (column & 7)) << 2);
    for (let k = 0; k < rows; k++) {
      const unit = k % stride;
      const source = first + (<usize>(column * row + (k / stride) * units + unit) << 2);
      store<f32>(target, column < depth && unit < units ? load<f32>(source) : 0);
      target += 32;
    }
  }
}

/** Copies [rows, gates * units] to [rows, gates * stride], filled up with zeros; zeros where there is no source. */
export function widen(source: usize, rows: i32, gates: i32, units: i32, target: usize): void {
  const stride = gateStride(units);
  memory.fill(target, 0, <usize>(rows * gates * stride) << 2);
  if (!source) return;
  for (let part = 0; part < rows * gates; part++) {
    memory.copy(target + (<usize>(part * stride) << 2), source + (<usize>(part * units) << 2), <usize>units << 2);
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
    const to = target + (<usize>(part * units) << 2);
    const from = shares + (<usize>(part * stride) << 2);
    memory.copy(to, from, <usize>units << 2);
    for (let thread = 1; thread < threads; thread++) addRow(to, from + <usize>thread * shareBytes, units);
  }
}

/** target [columns] += the sum of [rows, columns] over the rows; columns a multiple of four. */
export function addColumnSums(source: usize, rows: i32, columns: i32, target: usize): void {
  for (let row = 0; row < rows; row++) addRow(target, source + (<usize>(row * columns) << 2), columns);
}
