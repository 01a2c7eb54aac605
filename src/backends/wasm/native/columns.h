// Sums over the rows of a matrix.
#pragma once
#include "rows.h"

/** target [columns] = the sum of [rows, columns] over the rows. Threads share the columns. */
static void sumColumns(integer thread, integer threads, const float *source, integer rows, integer columns,
                       float *target) {
  integer first = partStart(columns, thread, threads, 4);
  integer count = partStart(columns, thread + 1, threads, 4) - first;
  memset(target + first, 0, sizeof(float) * count);
  for (integer row = 0; row < rows; row++) addRow(target + first, source + (size_t)row * columns + first, count);
}
