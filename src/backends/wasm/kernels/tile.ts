// The innermost loop of every matrix product: a tile of `rows` x 8 of C stays in registers while k runs.
// Each row of A is read where it lies, through an address of its own; b is packed [depth, 8]; c is row-major with `stride`
// bytes between rows. Unrolling k, or a larger tile, makes V8 spill registers: 57 falls to 31 GFLOP/s a core. Row counts
// are constants where `tile` is inlined, so each function below holds only the rows it needs.
import { multiplyAdd } from './vector';

// @ts-ignore: decorator
@inline
function add(c: usize, low: v128, high: v128): void {
  v128.store(c, f32x4.add(v128.load(c), low));
  v128.store(c, f32x4.add(v128.load(c, 16), high), 16);
}

// @ts-ignore: decorator
@inline
function set(c: usize, low: v128, high: v128): void {
  v128.store(c, low);
  v128.store(c, high, 16);
}

// @ts-ignore: decorator
@inline
function tile(rows: i32, addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  const a0: usize = load<u32>(addresses);
  const a1: usize = rows > 1 ? <usize>load<u32>(addresses, 4) : 0;
  const a2: usize = rows > 2 ? <usize>load<u32>(addresses, 8) : 0;
  const a3: usize = rows > 3 ? <usize>load<u32>(addresses, 12) : 0;
  const a4: usize = rows > 4 ? <usize>load<u32>(addresses, 16) : 0;
  const a5: usize = rows > 5 ? <usize>load<u32>(addresses, 20) : 0;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  const end = b + (<usize>depth << 5);
  let k: usize = 0;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let value = v128.load32_splat(a0 + k);
    c00 = multiplyAdd(c00, value, b0);
    c01 = multiplyAdd(c01, value, b1);
    if (rows > 1) {
      value = v128.load32_splat(a1 + k);
      c10 = multiplyAdd(c10, value, b0);
      c11 = multiplyAdd(c11, value, b1);
    }
    if (rows > 2) {
      value = v128.load32_splat(a2 + k);
      c20 = multiplyAdd(c20, value, b0);
      c21 = multiplyAdd(c21, value, b1);
    }
    if (rows > 3) {
      value = v128.load32_splat(a3 + k);
      c30 = multiplyAdd(c30, value, b0);
      c31 = multiplyAdd(c31, value, b1);
    }
    if (rows > 4) {
      value = v128.load32_splat(a4 + k);
      c40 = multiplyAdd(c40, value, b0);
      c41 = multiplyAdd(c41, value, b1);
    }
    if (rows > 5) {
      value = v128.load32_splat(a5 + k);
      c50 = multiplyAdd(c50, value, b0);
      c51 = multiplyAdd(c51, value, b1);
    }
    k += 4;
    b += 32;
  }
  if (accumulate) {
    add(c, c00, c01);
    if (rows > 1) add(c + stride, c10, c11);
    if (rows > 2) add(c + 2 * stride, c20, c21);
    if (rows > 3) add(c + 3 * stride, c30, c31);
    if (rows > 4) add(c + 4 * stride, c40, c41);
    if (rows > 5) add(c + 5 * stride, c50, c51);
  } else {
    set(c, c00, c01);
    if (rows > 1) set(c + stride, c10, c11);
    if (rows > 2) set(c + 2 * stride, c20, c21);
    if (rows > 3) set(c + 3 * stride, c30, c31);
    if (rows > 4) set(c + 4 * stride, c40, c41);
    if (rows > 5) set(c + 5 * stride, c50, c51);
  }
}

function tile1(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(1, addresses, b, depth, c, stride, accumulate);
}
function tile2(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(2, addresses, b, depth, c, stride, accumulate);
}
function tile3(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(3, addresses, b, depth, c, stride, accumulate);
}
function tile4(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(4, addresses, b, depth, c, stride, accumulate);
}
function tile5(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(5, addresses, b, depth, c, stride, accumulate);
}
function tile6(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(6, addresses, b, depth, c, stride, accumulate);
}

/** Rows of the largest tile that stays in V8's registers: the fused multiply-add frees the one that a product needs. */
export const tileRows: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;

/** C tile [rows, 8] = or += the rows of A, whose addresses are given, times packed B panel [depth, 8]. */
export function multiplyTile(
  rows: i32,
  addresses: usize,
  b: usize,
  depth: i32,
  c: usize,
  stride: usize,
  accumulate: bool,
): void {
  if (rows == 6) tile6(addresses, b, depth, c, stride, accumulate);
  else if (rows == 5) tile5(addresses, b, depth, c, stride, accumulate);
  else if (rows == 4) tile4(addresses, b, depth, c, stride, accumulate);
  else if (rows == 3) tile3(addresses, b, depth, c, stride, accumulate);
  else if (rows == 2) tile2(addresses, b, depth, c, stride, accumulate);
  else tile1(addresses, b, depth, c, stride, accumulate);
}
