// One step of one row of a GRU; the formulas stand in recurrent.c. Gates of a row lie side by side, each `stride`
// floats.
#pragma once
#include "vector.h"

/** a + b, eight floats each. */
inlined eight sumOfTwo(const float *a, const float *b) { return loadEight(a) + loadEight(b); }

/** z h + (1 - z) c */
inlined eight newState(eight z, const float *previous, eight candidate) {
  return multiplyAdd(z * loadEight(previous), splat(1) - z, candidate);
}

/**
 * One row, one step; `input` is x W, `product` h U, which may receive the gates. `gate` receives z, r, c and `inner`
 * h Uh + ch; null where nothing is kept.
 */
static void resetAfterStep(const float *input, float *gate, float *product, const float *bias, const float *previous,
                           float *state, float *inner, integer stride) {
  integer r = stride, c = 2 * stride;
  const float *secondBias = bias + 3 * stride;
  float *gates = inner ? gate : product;
  for (integer i = 0; i < c; i += 8) {
    storeEight(gates + i, sigmoid(sumOfTwo(input + i, bias + i) + sumOfTwo(product + i, secondBias + i)));
  }
  for (integer i = 0; i < stride; i += 8) {
    eight recurrent = sumOfTwo(product + c + i, secondBias + c + i);
    eight sum = multiplyAdd(sumOfTwo(input + c + i, bias + c + i), loadEight(gates + r + i), recurrent);
    eight candidate = hyperbolicTangent(sum);
    storeEight(state + i, newState(loadEight(gates + i), previous + i, candidate));
    if (inner) {
      storeEight(gate + c + i, candidate);
      storeEight(inner + i, recurrent);
    }
  }
}

/** z, r, and r * h of one row. */
static void resetBeforeGates(const float *input, float *gate, const float *product, const float *bias,
                             const float *previous, float *inner, integer stride) {
  integer r = stride;
  for (integer i = 0; i < 2 * stride; i += 8) {
    storeEight(gate + i, sigmoid(sumOfTwo(input + i, bias + i) + loadEight(product + i)));
  }
  for (integer i = 0; i < stride; i += 8) storeEight(inner + i, loadEight(gate + r + i) * loadEight(previous + i));
}

/** c and the new state of one row; `product` is (r * h) Uh. */
static void resetBeforeState(const float *input, float *gate, const float *product, const float *bias,
                             const float *previous, float *state, integer stride) {
  integer c = 2 * stride;
  for (integer i = 0; i < stride; i += 8) {
    eight candidate = hyperbolicTangent(sumOfTwo(input + c + i, bias + c + i) + loadEight(product + i));
    eight made = newState(loadEight(gate + i), previous + i, candidate);
    storeEight(gate + c + i, candidate);
    storeEight(state + i, made);
  }
}
