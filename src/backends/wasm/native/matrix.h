// Matrix products for one thread. All strides are in elements.
//
// B [depth, columns] is packed once into panels of `panelColumns` columns, [panel][depth][panelColumns], the last one
// filled up with zeros. A is read where it lies if its rows are contiguous; a transposed A is turned round, block by block.
#pragma once
#include "tile.h"

/** A block of A: 48 rows, 256 deep, are 48 KiB, which stay in the second-level cache. */
#define blockRows 48
#define blockDepth 256

/** Floats of scratch memory that `multiplyPacked` needs for a turned block. */
#define blockFloats (blockRows * blockDepth)

/** Columns filled up to whole panels. */
inlined integer filledColumns(integer columns) { return (columns + panelColumns - 1) / panelColumns * panelColumns; }

/** Where column `column` of a packed matrix of this depth begins. Its rows are `panelColumns` floats apart. */
inlined size_t columnStart(integer column, integer depth) {
  return (size_t)(column / panelColumns * panelColumns) * depth + column % panelColumns;
}

/** Floats that B [depth, columns] takes when packed. */
inlined size_t packedSize(integer depth, integer columns) { return (size_t)depth * filledColumns(columns); }

/** Four rows that each hold four consecutive numbers become their transpose, with `stride` floats between its rows. */
inlined void transposeFour(const float *r0, const float *r1, const float *r2, const float *r3, float *target,
                           size_t stride) {
  four a = loadFour(r0), b = loadFour(r1), c = loadFour(r2), d = loadFour(r3);
  four ab0 = __builtin_shufflevector(a, b, 0, 4, 1, 5), ab1 = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  four cd0 = __builtin_shufflevector(c, d, 0, 4, 1, 5), cd1 = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  storeFour(target, __builtin_shufflevector(ab0, cd0, 0, 1, 4, 5));
  storeFour(target + stride, __builtin_shufflevector(ab0, cd0, 2, 3, 6, 7));
  storeFour(target + 2 * stride, __builtin_shufflevector(ab1, cd1, 0, 1, 4, 5));
  storeFour(target + 3 * stride, __builtin_shufflevector(ab1, cd1, 2, 3, 6, 7));
}

/** Packs B [depth, columns], whose element (k, j) lies at `b + k * depthStride + j * columnStride`. */
static void packB(const float *b, size_t depthStride, size_t columnStride, integer depth, integer columns,
                  float *packed) {
  for (integer first = 0; first < filledColumns(columns); first += 8) {
    integer width = columns - first < 0 ? 0 : smaller(8, columns - first);
    float *target = packed + columnStart(first, depth);
    integer k = 0;
    if (width == 8 && columnStride == 1) {
      for (; k < depth; k++, target += panelColumns) storeEight(target, loadEight(b + k * depthStride + first));
    } else if (width == 8 && depthStride == 1) {
      const float *left = b + first * columnStride;
      for (; k + 4 <= depth; k += 4, left += 4, target += 4 * panelColumns) {
        const float *right = left + 4 * columnStride;
        transposeFour(left, left + columnStride, left + 2 * columnStride, left + 3 * columnStride, target, panelColumns);
        transposeFour(right, right + columnStride, right + 2 * columnStride, right + 3 * columnStride, target + 4,
                      panelColumns);
      }
    }
    for (; k < depth; k++, target += panelColumns) {
      const float *source = b + k * depthStride + first * columnStride;
      for (integer j = 0; j < width; j++) target[j] = source[j * columnStride];
      for (integer j = width; j < 8; j++) target[j] = 0;
    }
  }
}

inlined const float *rowOf(const float *a, size_t stride, const integer *index, integer row) {
  return a + (size_t)(index ? index[row] : row) * stride;
}

/** Turns a block round: element (i, k), which lies at `a + index[k] * stride + i`, goes to `block + i * depth + k`. */
static void turnBlock(const float *a, size_t stride, const integer *index, integer row, integer rows, integer k,
                      integer depth, float *block) {
  integer at = 0;
  for (; at + 4 <= depth; at += 4) {
    const float *r0 = rowOf(a, stride, index, k + at) + row, *r1 = rowOf(a, stride, index, k + at + 1) + row;
    const float *r2 = rowOf(a, stride, index, k + at + 2) + row, *r3 = rowOf(a, stride, index, k + at + 3) + row;
    float *target = block + at;
    integer i = 0;
    for (; i + 4 <= rows; i += 4, target += 4 * depth) transposeFour(r0 + i, r1 + i, r2 + i, r3 + i, target, depth);
    for (; i < rows; i++, target += depth) storeFour(target, ((four){r0[i], r1[i], r2[i], r3[i]}));
  }
  for (; at < depth; at++) {
    const float *source = rowOf(a, stride, index, k + at) + row;
    for (integer i = 0; i < rows; i++) block[(size_t)i * depth + at] = source[i];
  }
}

/** Rows of the next tile: full ones, and what is left in two even parts. */
inlined integer nextRows(integer left) {
  if (left <= tileRows) return left;
  return left >= 2 * tileRows ? tileRows : (left + 1) / 2;
}

/**
 * C [rows, columns] = or += A [rows, depth] times packed B. An element is summed in one order, whatever `rows` is.
 *
 * @param index null, or a list of row numbers: of rows of A, or of columns where `transposed`
 * @param transposed the element (i, k) of A lies at `a + k * aStride + i`
 * @param block `blockFloats` floats of this thread's own
 */
static void multiplyPacked(integer rows, integer columns, integer depth, const float *a, size_t aStride,
                           const integer *index, integer transposed, const float *packedB, float *c, size_t cStride,
                           integer accumulate, float *block) {
  const float *addresses[blockRows];
  float edge[tileRows * panelColumns];
  for (integer k = 0; k < depth; k += blockDepth) {
    integer kCount = smaller(blockDepth, depth - k);
    integer add = accumulate || k > 0;
    for (integer row = 0; row < rows; row += blockRows) {
      integer count = smaller(blockRows, rows - row);
      if (transposed) turnBlock(a, aStride, index, row, count, k, kCount, block);
      for (integer i = 0; i < count; i++) {
        addresses[i] = transposed ? block + (size_t)i * kCount : rowOf(a, aStride, index, row + i) + k;
      }
      for (integer column = 0; column < columns; column += panelColumns) {
        const float *panel = packedB + (size_t)column * depth + (size_t)k * panelColumns;
        integer width = smaller(panelColumns, columns - column);
        for (integer i = 0, rowsHere; i < count; i += rowsHere) {
          rowsHere = nextRows(count - i);
          float *target = c + (row + i) * cStride + column;
          if (width == panelColumns) {
            multiplyTile(rowsHere, addresses + i, panel, kCount, target, cStride, add);
            continue;
          }
          multiplyTile(rowsHere, addresses + i, panel, kCount, edge, panelColumns, 0);
          for (integer r = 0; r < rowsHere; r++) {
            for (integer j = 0; j < width; j++) {
              float value = edge[r * panelColumns + j];
              target[r * cStride + j] = add ? target[r * cStride + j] + value : value;
            }
          }
        }
      }
    }
  }
}
