// Four floats at a time. Everything here is inlined into the kernels.

/** accumulator + a * b; fused (one rounding) in the relaxed-SIMD build, two roundings in the plain one. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(accumulator: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, accumulator);
  return f32x4.add(accumulator, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** e^x to 1.4e-7 relative; Cephes' expf: x = n ln 2 + r, a polynomial in r, then 2^n put into the exponent bits. */
// @ts-ignore: decorator
@inline
export function exponential(value: v128): v128 {
  const x = f32x4.min(f32x4.max(value, splat(-87.33654)), splat(88.37626));
  const n = f32x4.floor(multiplyAdd(splat(0.5), x, splat(1.44269504)));
  // ln 2 in two parts, so that n * ln 2 loses no digits.
  let r = multiplyAdd(x, n, splat(-0.693359375));
  r = multiplyAdd(r, n, splat(2.12194440e-4));
  let y = splat(1.9875691500e-4);
  y = multiplyAdd(splat(1.3981999507e-3), y, r);
  y = multiplyAdd(splat(8.3334519073e-3), y, r);
  y = multiplyAdd(splat(4.1665795894e-2), y, r);
  y = multiplyAdd(splat(1.6666665459e-1), y, r);
  y = multiplyAdd(splat(5.0000001201e-1), y, r);
  y = multiplyAdd(f32x4.add(r, splat(1)), f32x4.mul(y, r), r);
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}

/** 1 / (1 + e^-x). */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const one = splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** tanh x to 2.7e-7 relative; Eigen's rational function of degrees 13 and 6, which is +-1 in float32 beyond 7.9. */
// @ts-ignore: decorator
@inline
export function hyperbolicTangent(value: v128): v128 {
  const x = f32x4.min(f32x4.max(value, splat(-7.90531110763549805)), splat(7.90531110763549805));
  const x2 = f32x4.mul(x, x);
  let p = splat(-2.76076847742355e-16);
  p = multiplyAdd(splat(2.00018790482477e-13), p, x2);
  p = multiplyAdd(splat(-8.60467152213735e-11), p, x2);
  p = multiplyAdd(splat(5.12229709037114e-8), p, x2);
  p = multiplyAdd(splat(1.48572235717979e-5), p, x2);
  p = multiplyAdd(splat(6.37261928875436e-4), p, x2);
  p = multiplyAdd(splat(4.89352455891786e-3), p, x2);
  let q = splat(1.19825839466702e-6);
  q = multiplyAdd(splat(1.18534705686654e-4), q, x2);
  q = multiplyAdd(splat(2.26843463243900e-3), q, x2);
  q = multiplyAdd(splat(4.89352518554385e-3), q, x2);
  return f32x4.div(f32x4.mul(p, x), q);
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sumOfLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}
