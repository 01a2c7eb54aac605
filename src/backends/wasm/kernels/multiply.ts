// C [rows, columns] = op(A) op(B), row-major, op a transposition or nothing: TF.js' BatchMatMul, one matrix at a time.
import { bytes } from './bytes';
import { blockBytes, multiplyPacked, packB, packedSize } from './matrix';
import { MultiplyOperands } from './operands';
import { panelColumns } from './panel';

/** Bytes of scratch memory for each thread. */
export function multiplyScratchBytes(depth: i32, columns: i32): i32 {
  return <i32>blockBytes + 4 * packedSize(depth, columns);
}

/** This thread's part of [0, count), in multiples of `unit`: the start of part `thread`. */
// @ts-ignore: decorator
@inline
export function partStart(count: i32, thread: i32, threads: i32, unit: i32): i32 {
  const units = (count + unit - 1) / unit;
  return min(count, ((units * thread) / threads) * unit);
}

/** Threads share the longer side of C; each element is computed in one order, whatever the number of threads. */
export function multiply(thread: i32, threads: i32, operands: MultiplyOperands): void {
  const b = operands.b;
  const rows = operands.rows;
  const columns = operands.columns;
  const depth = operands.depth;
  const transposeA = operands.transposeA != 0;
  const byRows = rows >= columns;
  const row = byRows ? partStart(rows, thread, threads, 1) : 0;
  const lastRow = byRows ? partStart(rows, thread + 1, threads, 1) : rows;
  const column = byRows ? 0 : partStart(columns, thread, threads, panelColumns);
  const lastColumn = byRows ? columns : partStart(columns, thread + 1, threads, panelColumns);
  if (lastRow <= row || lastColumn <= column) return;
  const block = operands.scratch + <usize>(thread * operands.scratchBytes);
  const packed = block + blockBytes;
  const width = lastColumn - column;
  if (operands.transposeB != 0) packB(b + bytes(column * depth), 1, depth, depth, width, packed);
  else packB(b + bytes(column), columns, 1, depth, width, packed);
  const firstA = operands.a + bytes(transposeA ? row : row * depth);
  const target = operands.c + bytes(row * columns + column);
  const stride = transposeA ? rows : depth;
  multiplyPacked(lastRow - row, width, depth, firstA, stride, 0, transposeA, packed, target, columns, false, block);
}
