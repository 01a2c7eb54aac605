// Four floats at an address, or one of them in the first lane: one function then serves for the middle and the end of an array.

/** @param single a constant, so that no branch is left */
// @ts-ignore: decorator
@inline
export function take(at: usize, single: bool): v128 {
  return single ? v128.load32_zero(at) : v128.load(at);
}

// @ts-ignore: decorator
@inline
export function put(at: usize, value: v128, single: bool): void {
  if (single) store<f32>(at, f32x4.extract_lane(value, 0));
  else v128.store(at, value);
}

/** old + (value - old) * share. */
// @ts-ignore: decorator
@inline
export function moved(old: v128, value: v128, share: v128): v128 {
  return f32x4.add(old, f32x4.mul(f32x4.sub(value, old), share));
}
