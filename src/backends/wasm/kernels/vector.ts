// Four floats at a time. Everything here is inlined into the kernels. Those that compute with rows take two fours a turn:
// all that they read first, then `storeEight`, which is how V8 likes what it joins into 256-bit operations (see tile.ts).

/** accumulator + a * b; fused (one rounding) in the relaxed-SIMD build, two roundings in the plain one. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(accumulator: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, accumulator);
  return f32x4.add(accumulator, f32x4.mul(a, b));
}

/** Two fours, side by side. */
// @ts-ignore: decorator
@inline
export function storeEight(target: usize, low: v128, high: v128): void {
  v128.store(target, low);
  v128.store(target, high, 16);
}

/** a + b, four floats each. */
// @ts-ignore: decorator
@inline
export function sumOfTwo(a: usize, b: usize): v128 {
  return f32x4.add(v128.load(a), v128.load(b));
}

/**
 * Coefficients of `exponential` and `hyperbolicTangent`. They are read from memory where they are used: V8 would build
 * each constant anew in every turn of a loop, which takes four instructions where a load takes one.
 */
const coefficients = memory.data<f32>([
  // exponential: bounds, 1 / ln 2, ln 2 in two parts (so that n ln 2 loses no digits), the polynomial
  -87.33654, 88.37626, 1.44269504, -0.693359375, 2.1219444e-4,
  1.9875691e-4, 1.39819995e-3, 8.33345192e-3, 4.16657962e-2, 1.66666657e-1, 0.5, 1,
  // hyperbolicTangent: bounds, numerator and denominator, highest power first
  ASC_FEATURE_RELAXED_SIMD ? -7.99881172 : -7.90531111,
  ASC_FEATURE_RELAXED_SIMD ? 7.99881172 : 7.90531111,
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8,
  1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3,
  1.19825839466702e-6, 1.18534705686654e-4, 2.26843463243900e-3, 4.89352518554385e-3,
  // 1.5 * 2^23: adding it rounds to an integer, to the even one of two equally near, whose bits are then the last ones
  12582912,
]);

// @ts-ignore: decorator
@inline
function coefficient(index: usize): v128 {
  return v128.load32_splat(coefficients + (index << 2));
}

/** 1 in each lane. */
// @ts-ignore: decorator
@inline
export function one(): v128 {
  return coefficient(11);
}

/** NaN stays NaN. One instruction for each bound, where `min` and `max` take seven. */
// @ts-ignore: decorator
@inline
function between(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

/** e^x to 1.4e-7 relative; Cephes' expf: x = n ln 2 + r, a polynomial in r, then times 2^n. */
// @ts-ignore: decorator
@inline
export function exponential(value: v128): v128 {
  const x = between(value, coefficient(0), coefficient(1));
  const shifted = f32x4.add(f32x4.mul(x, coefficient(2)), coefficient(25));
  const n = f32x4.sub(shifted, coefficient(25));
  let r = multiplyAdd(x, n, coefficient(3));
  r = multiplyAdd(r, n, coefficient(4));
  let y = multiplyAdd(coefficient(6), coefficient(5), r);
  y = multiplyAdd(coefficient(7), y, r);
  y = multiplyAdd(coefficient(8), y, r);
  y = multiplyAdd(coefficient(9), y, r);
  y = multiplyAdd(coefficient(10), y, r);
  y = multiplyAdd(f32x4.add(r, one()), f32x4.mul(y, r), r);
  // The last bits of `shifted` are those of n, which is at most 127: added to the exponent bits of 1 they make 2^n.
  return f32x4.mul(y, i32x4.add(i32x4.shl(shifted, 23), one()));
}

/** 1 / (1 + e^-x). */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(one(), f32x4.add(one(), exponential(f32x4.neg(x))));
}

/** tanh x to 2.7e-7 relative; Eigen's rational function of degrees 13 and 6, which reaches +-1 in
 * float32 at its bounds: at 7.905 with two roundings in each step, at 7.999 with one. */
// @ts-ignore: decorator
@inline
export function hyperbolicTangent(value: v128): v128 {
  const x = between(value, coefficient(12), coefficient(13));
  const x2 = f32x4.mul(x, x);
  let p = multiplyAdd(coefficient(15), coefficient(14), x2);
  p = multiplyAdd(coefficient(16), p, x2);
  p = multiplyAdd(coefficient(17), p, x2);
  p = multiplyAdd(coefficient(18), p, x2);
  p = multiplyAdd(coefficient(19), p, x2);
  p = multiplyAdd(coefficient(20), p, x2);
  let q = multiplyAdd(coefficient(22), coefficient(21), x2);
  q = multiplyAdd(coefficient(23), q, x2);
  q = multiplyAdd(coefficient(24), q, x2);
  return f32x4.div(f32x4.mul(p, x), q);
}
