// Vectors of the compiler's, four and eight floats wide; loads and stores need no alignment.
#pragma once
#include "base.h"

typedef float four __attribute__((vector_size(16), aligned(4)));
typedef float eight __attribute__((vector_size(32), aligned(4)));
typedef integer eightIntegers __attribute__((vector_size(32), aligned(4)));

#define loadFour(source) (*(const four *)(source))
#define storeFour(target, value) (*(four *)(target) = (value))
#define loadEight(source) (*(const eight *)(source))
#define storeEight(target, value) (*(eight *)(target) = (value))

// `- 0` and not `+ 0`, which would make 0 of -0 and so would not be left out by the compiler.
inlined four splatFour(float value) { return value - (four){0}; }
inlined eight splat(float value) { return value - (eight){0}; }

/** accumulator + a * b with one rounding, as f32x4.relaxed_madd where the processor has it. */
inlined eight multiplyAdd(eight accumulator, eight a, eight b) { return __builtin_elementwise_fma(a, b, accumulator); }
inlined four multiplyAddFour(four accumulator, four a, four b) { return __builtin_elementwise_fma(a, b, accumulator); }

inlined eight choose(eightIntegers condition, eight yes, eight no) {
  return (eight)((condition & (eightIntegers)yes) | (~condition & (eightIntegers)no));
}

/** As f32x4.pmax and pmin: NaN stays NaN. */
inlined eight between(eight x, float low, float high) {
  x = choose(x < splat(low), splat(low), x);
  return choose(splat(high) < x, splat(high), x);
}

/** e^x to 1.4e-7 relative; Cephes' expf: x = n ln 2 + r, a polynomial in r, then times 2^n. */
inlined eight exponential(eight value) {
  eight x = between(value, -87.33654f, 88.37626f);
  // 1.5 * 2^23: adding it rounds to an integer, to the even one of two equally near, whose bits are then the last ones.
  eight shifted = x * splat(1.44269504f) + splat(12582912.0f);
  eight n = shifted - splat(12582912.0f);
  eight r = multiplyAdd(x, n, splat(-0.693359375f));
  r = multiplyAdd(r, n, splat(2.1219444e-4f));
  eight y = multiplyAdd(splat(1.39819995e-3f), splat(1.9875691e-4f), r);
  y = multiplyAdd(splat(8.33345192e-3f), y, r);
  y = multiplyAdd(splat(4.16657962e-2f), y, r);
  y = multiplyAdd(splat(1.66666657e-1f), y, r);
  y = multiplyAdd(splat(0.5f), y, r);
  y = multiplyAdd(r + splat(1), y * r, r);
  return y * (eight)(((eightIntegers)shifted << 23) + (eightIntegers)splat(1));
}

/** 1 / (1 + e^-x). */
inlined eight sigmoid(eight x) { return splat(1) / (splat(1) + exponential(-x)); }

/** tanh x to 2.7e-7 relative; Eigen's rational function of degrees 13 and 6, which reaches +-1 in float32 at its bounds. */
inlined eight hyperbolicTangent(eight value) {
  eight x = between(value, -7.99881172f, 7.99881172f);
  eight x2 = x * x;
  eight p = multiplyAdd(splat(2.00018790482477e-13f), splat(-2.76076847742355e-16f), x2);
  p = multiplyAdd(splat(-8.60467152213735e-11f), p, x2);
  p = multiplyAdd(splat(5.12229709037114e-8f), p, x2);
  p = multiplyAdd(splat(1.48572235717979e-5f), p, x2);
  p = multiplyAdd(splat(6.37261928875436e-4f), p, x2);
  p = multiplyAdd(splat(4.89352455891786e-3f), p, x2);
  eight q = multiplyAdd(splat(1.18534705686654e-4f), splat(1.19825839466702e-6f), x2);
  q = multiplyAdd(splat(2.26843463243900e-3f), q, x2);
  q = multiplyAdd(splat(4.89352518554385e-3f), q, x2);
  return p * x / q;
}
