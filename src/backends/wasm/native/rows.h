// Arithmetic on rows of floats, for one thread. What is summed across a row is summed in four lanes, as WebAssembly does.
#pragma once
#include "vector.h"

/** target [count] += source [count] */
inlined void addRow(float *target, const float *source, integer count) {
  integer i = 0;
  for (; i + 8 <= count; i += 8) storeEight(target + i, loadEight(target + i) + loadEight(source + i));
  for (; i < count; i++) target[i] += source[i];
}

/** target [count] *= factor */
inlined void scaleRow(float *target, float factor, integer count) {
  for (integer i = 0; i < count; i++) target[i] *= factor;
}

/** target [count] += source [count] * factor: with one rounding but for the last, up to three. */
inlined void addScaled(float *target, const float *source, float factor, integer count) {
  eight factors = splat(factor);
  integer i = 0, whole = count & ~3;
  for (; i + 8 <= whole; i += 8) {
    storeEight(target + i, multiplyAdd(loadEight(target + i), loadEight(source + i), factors));
  }
  if (i < whole) {
    storeFour(target + i, multiplyAddFour(loadFour(target + i), loadFour(source + i), splatFour(factor)));
    i += 4;
  }
  for (; i < count; i++) target[i] += source[i] * factor;
}

/** The sum of the four numbers of a vector. */
inlined float sumLanes(four values) { return values[0] + values[1] + (values[2] + values[3]); }

/** The sum of a [count] * b [count]. */
inlined float dot(const float *a, const float *b, integer count) {
  four sums = {0};
  integer i = 0;
  for (; i + 4 <= count; i += 4) sums = multiplyAddFour(sums, loadFour(a + i), loadFour(b + i));
  float sum = sumLanes(sums);
  for (; i < count; i++) sum += a[i] * b[i];
  return sum;
}
