/** Addresses count bytes; everything else in the kernels counts floats or 32-bit integers, of four bytes each. */
// @ts-ignore: decorator
@inline
export function bytes(words: i32): usize {
  return <usize>words << 2;
}
