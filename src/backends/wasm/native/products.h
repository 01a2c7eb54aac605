// Sums of outer products: the gradients of weights.
#pragma once
#include "matrix.h"

/** Rows that are packed at a time. */
#define pieceRows 256

/** Floats of memory that `addProducts` needs for `columns` columns. */
inlined size_t productPieceFloats(integer columns) { return packedSize(pieceRows, columns); }

/**
 * target [features, columns + moreColumns] += A^T B, summed over `count` rows; B may come in two parts.
 *
 * @param a row i of A [count, features] lies at `a + index[i] * aStride` (i itself where there is no index)
 * @param b row i of B [count, columns] lies at `b + i * bStride`
 * @param more as `b`, for the columns behind
 * @param piece `productPieceFloats` floats for all columns, and `block` `blockFloats` floats, of this thread's own
 */
static void addProducts(integer count, integer features, const float *a, size_t aStride, const integer *index,
                        integer columns, const float *b, size_t bStride, integer moreColumns, const float *more,
                        size_t moreStride, float *target, size_t targetStride, float *piece, float *block) {
  // A second part that would begin inside of a panel goes through a product of its own.
  if (moreColumns && columns % panelColumns) {
    float *behind = target + columns;
    addProducts(count, features, a, aStride, index, moreColumns, more, moreStride, 0, 0, 0, behind, targetStride, piece,
                block);
    moreColumns = 0;
  }
  for (integer row = 0; row < count; row += pieceRows) {
    integer rows = smaller(pieceRows, count - row);
    packB(b + row * bStride, bStride, 1, rows, columns, piece);
    float *behind = piece + packedSize(rows, columns);
    if (moreColumns) packB(more + row * moreStride, moreStride, 1, rows, moreColumns, behind);
    multiplyPacked(features, columns + moreColumns, rows, index ? a : a + row * aStride, aStride,
                   index ? index + row : 0, 1, piece, target, targetStride, 1, block);
  }
}
