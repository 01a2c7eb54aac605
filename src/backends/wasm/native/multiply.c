// C [rows, columns] = op(A) op(B), row-major, op a transposition or nothing: TF.js' BatchMatMul, one matrix at a time.
#include "matrix.h"
#include "operands.h"

/** Bytes of scratch memory for each thread. */
static double multiplyScratchBytes(const integer *sizes) {
  integer depth = sizes[0], columns = sizes[1];
  return 4.0 * (blockFloats + packedSize(depth, columns));
}

/** Threads share the longer side of C; each element is computed in one order, whatever the number of threads. */
static void multiply(char *memory, integer thread, integer threads, const void *operands) {
  const MultiplyOperands *o = operands;
  integer rows = o->rows, columns = o->columns, depth = o->depth;
  integer byRows = rows >= columns;
  integer row = byRows ? partStart(rows, thread, threads, 1) : 0;
  integer lastRow = byRows ? partStart(rows, thread + 1, threads, 1) : rows;
  integer column = byRows ? 0 : partStart(columns, thread, threads, panelColumns);
  integer lastColumn = byRows ? columns : partStart(columns, thread + 1, threads, panelColumns);
  if (lastRow <= row || lastColumn <= column) return;
  const float *a = at(float, memory, o->a), *b = at(float, memory, o->b);
  float *block = at(float, memory, o->scratch + (address)thread * o->scratchBytes);
  float *packed = block + blockFloats;
  integer width = lastColumn - column;
  if (o->transposeB) packB(b + (size_t)column * depth, 1, depth, depth, width, packed);
  else packB(b + column, columns, 1, depth, width, packed);
  const float *firstA = a + (o->transposeA ? (size_t)row : (size_t)row * depth);
  float *target = at(float, memory, o->c) + (size_t)row * columns + column;
  size_t stride = o->transposeA ? rows : depth;
  multiplyPacked(lastRow - row, width, depth, firstA, stride, 0, o->transposeA, packed, target, columns, 0, block);
}
