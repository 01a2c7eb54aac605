// Sums of outer products: the gradients of weights.
import { bytes } from './bytes';
import { multiplyPacked, packB, packedSize } from './matrix';

/** Rows that are packed at a time. */
const pieceRows: i32 = 256;

/** Floats of memory that `addProducts` needs for `columns` columns. */
export function productPieceFloats(columns: i32): i32 {
  return packedSize(pieceRows, columns);
}

/**
 * target [features, columns + moreColumns] += A^T B, summed over `count` rows; B may come in two parts.
 *
 * @param a row i of A [count, features] lies at `a + index[i] * aStride` (i itself where there is no index)
 * @param b row i of B [count, columns] lies at `b + i * bStride`
 * @param more as `b`, for the columns behind; `columns` is then a multiple of 16
 * @param piece `productPieceFloats` floats for all columns, and `block` `blockBytes` bytes, of this thread's own
 */
export function addProducts(
  count: i32,
  features: i32,
  a: usize,
  aStride: i32,
  index: usize,
  columns: i32,
  b: usize,
  bStride: i32,
  moreColumns: i32,
  more: usize,
  moreStride: i32,
  target: usize,
  targetStride: i32,
  piece: usize,
  block: usize,
): void {
  for (let row = 0; row < count; row += pieceRows) {
    const rows = min(pieceRows, count - row);
    packB(b + bytes(row * bStride), bStride, 1, rows, columns, piece);
    if (moreColumns) packB(more + bytes(row * moreStride), moreStride, 1, rows, moreColumns, piece + bytes(packedSize(rows, columns)));
    const first = index ? a : a + bytes(row * aStride);
    const indexHere = index ? index + bytes(row) : 0;
    multiplyPacked(features, columns + moreColumns, rows, first, aStride, indexHere, true, piece, target, targetStride, true, block);
  }
}
