// Arithmetic on every element of arrays: eight floats in turn, then those that are left one by one in the first lane,
// so that a kernel is written once for the middle and for the end. An element is computed alike in both.
#pragma once
#include "vector.h"

/**
 * What follows runs with `i` from 0 on in steps of `width`: 8 floats and at last 1. Unrolled, so that `width` is a
 * constant in each of the two loops and `take` and `put` have no branch.
 */
#define eachFrom(start, end) \
  _Pragma("clang loop unroll(full)") for (integer width = 8, i = (start), last = (end); width > 0; width -= 7) \
    for (; i + width <= last; i += width)

/** The same for this thread's part of `count` floats. */
#define eachOf(count) eachFrom(partStart(count, thread, threads, 16), partStart(count, thread + 1, threads, 16))

inlined eight take(const float *source, integer width) { return width == 8 ? loadEight(source) : (eight){*source}; }

inlined void put(float *target, eight value, integer width) {
  if (width == 8) storeEight(target, value);
  else *target = value[0];
}

/** Unlike sqrtf it has no call for negative numbers, of which it makes NaN all the same. */
inlined eight squareRoot(eight x) { return __builtin_elementwise_sqrt(x); }

/** old + (value - old) * share. */
inlined eight moved(eight old, eight value, eight share) { return old + (value - old) * share; }

/** target [count] = a [count] * b [count]; `target` may be one of them. */
inlined void multiplyRow(float *target, const float *a, const float *b, integer count) {
  eachFrom(0, count) put(target + i, take(a + i, width) * take(b + i, width), width);
}
