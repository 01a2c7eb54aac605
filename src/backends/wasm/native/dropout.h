// Recurrent dropout (Gal & Ghahramani 2016): the state is multiplied by one mask per row, the same at all steps, where
// it enters the recurrent product; the state itself stays whole. A thread's rows keep their order, so the mask of the
// rows that still run is always the beginning of the mask. Counts are multiples of eight.
#pragma once
#include "vector.h"

/** target [count] = source * mask; target may be source. */
inlined void maskRows(const float *source, const float *mask, float *target, integer count) {
  for (integer i = 0; i < count; i += 8) storeEight(target + i, loadEight(source + i) * loadEight(mask + i));
}

/** target [count] += source * mask */
inlined void addMaskedRows(const float *source, const float *mask, float *target, integer count) {
  for (integer i = 0; i < count; i += 8) {
    storeEight(target + i, multiplyAdd(loadEight(target + i), loadEight(source + i), loadEight(mask + i)));
  }
}
