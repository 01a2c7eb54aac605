// Weights and gradients of gated cells. Keras keeps the gates of a cell side by side, [rows, gates * units]; the
// kernels work eight units at a time, so inside them each gate is filled up to `stride` units, a multiple of eight,
// with zeros.
#pragma once
#include "matrix.h"
#include "rows.h"

/** Units of a gate inside the kernels. */
inlined integer gateStride(integer units) { return (units + 7) & ~7; }

/** Packs columns [firstGate, firstGate + gates) of weights [depth, allGates * units] as the B of x * W. */
static void packWeights(const float *weights, integer depth, integer allGates, integer firstGate, integer gates,
                        integer units, float *packed) {
  integer stride = gateStride(units), columns = gates * stride;
  size_t row = (size_t)allGates * units;
  const float *first = weights + (size_t)firstGate * units;
  if (stride == units) {
    packB(first, row, 1, depth, columns, packed);
    return;
  }
  // Eight columns lie in one gate, as `stride` is a multiple of eight.
  for (integer column = 0; column < filledColumns(columns); column += 8) {
    integer gate = column / stride, unit = column % stride;
    integer width = gate < gates ? smaller(8, units - unit) : 0;
    float *target = packed + columnStart(column, depth);
    for (integer k = 0; k < depth; k++, target += panelColumns) {
      const float *source = first + k * row + (size_t)gate * units + unit;
      for (integer j = 0; j < 8; j++) target[j] = j < width ? source[j] : 0;
    }
  }
}

/** Packs the transpose of the same columns, [gates * stride, depth], as the B of dGates * W^T. */
static void packTransposedWeights(const float *weights, integer depth, integer allGates, integer firstGate,
                                  integer gates, integer units, float *packed) {
  integer stride = gateStride(units);
  size_t row = (size_t)allGates * units;
  const float *first = weights + (size_t)firstGate * units;
  if (stride == units) {
    packB(first, 1, row, gates * units, depth, packed);
    return;
  }
  for (integer column = 0; column < filledColumns(depth); column++) {
    float *target = packed + columnStart(column, gates * stride);
    for (integer gate = 0; gate < gates; gate++) {
      const float *source = first + column * row + (size_t)gate * units;
      for (integer unit = 0; unit < stride; unit++, target += panelColumns) {
        *target = column < depth && unit < units ? source[unit] : 0;
      }
    }
  }
}

/** Copies [rows, gates * units] to [rows, gates * stride], filled up with zeros; zeros where there is no source. */
static void widen(const float *source, integer rows, integer gates, integer units, float *target) {
  integer stride = gateStride(units);
  memset(target, 0, sizeof(float) * rows * gates * stride);
  if (!source) return;
  for (integer part = 0; part < rows * gates; part++) {
    memcpy(target + (size_t)part * stride, source + (size_t)part * units, sizeof(float) * units);
  }
}

/** target [columns] += the sum of [rows, columns] over the rows. */
static void addColumnSums(const float *source, integer rows, integer columns, float *target) {
  for (integer row = 0; row < rows; row++) addRow(target, source + (size_t)row * columns, columns);
}
