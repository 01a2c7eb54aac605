// The innermost loop of every matrix product: a tile of `rows` x 8 of C, or x 16, stays in registers while k runs.
// Each row of A is read where it lies, through an address of its own; b is packed [depth, 8 or 16]; c is row-major with
// `stride` bytes between rows. Unrolling k, or a larger tile, makes V8 spill registers: 57 falls to 31 GFLOP/s a core. Where
// V8 joins pairs of 128-bit operations into 256-bit ones, 16 columns are what 8 were, and reach 113. It joins what ends in
// stores to neighbouring addresses with no other memory access between them. Row counts and widths are constants where
// `tile` is inlined, so each function below holds only the registers it needs.
import { panelColumns } from './panel';
import { multiplyAdd, storeEight } from './vector';

/** c = or += low and high. A branch would keep V8 from joining, so where that counts, a mask does. */
// @ts-ignore: decorator
@inline
function set(c: usize, low: v128, high: v128, accumulate: bool, joined: bool): void {
  if (joined) {
    const former = i32x4.splat(-i32(accumulate));
    const first = f32x4.add(v128.and(v128.load(c), former), low);
    const second = f32x4.add(v128.and(v128.load(c, 16), former), high);
    storeEight(c, first, second);
  } else if (accumulate) {
    v128.store(c, f32x4.add(v128.load(c), low));
    v128.store(c, f32x4.add(v128.load(c, 16), high), 16);
  } else storeEight(c, low, high);
}

// @ts-ignore: decorator
@inline
function tile(rows: i32, wide: bool, addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  const a0: usize = load<u32>(addresses);
  const a1: usize = rows > 1 ? <usize>load<u32>(addresses, 4) : 0;
  const a2: usize = rows > 2 ? <usize>load<u32>(addresses, 8) : 0;
  const a3: usize = rows > 3 ? <usize>load<u32>(addresses, 12) : 0;
  const a4: usize = rows > 4 ? <usize>load<u32>(addresses, 16) : 0;
  const a5: usize = rows > 5 ? <usize>load<u32>(addresses, 20) : 0;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c02 = f32x4.splat(0);
  let c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c12 = f32x4.splat(0);
  let c13 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c22 = f32x4.splat(0);
  let c23 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c32 = f32x4.splat(0);
  let c33 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  let c42 = f32x4.splat(0);
  let c43 = f32x4.splat(0);
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  let c52 = f32x4.splat(0);
  let c53 = f32x4.splat(0);
  const row: usize = wide ? 64 : 32;
  const end = b + <usize>depth * row;
  let k: usize = 0;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = wide ? v128.load(b, 32) : b0;
    const b3 = wide ? v128.load(b, 48) : b1;
    let value = v128.load32_splat(a0 + k);
    c00 = multiplyAdd(c00, value, b0);
    c01 = multiplyAdd(c01, value, b1);
    if (wide) {
      c02 = multiplyAdd(c02, value, b2);
      c03 = multiplyAdd(c03, value, b3);
    }
    if (rows > 1) {
      value = v128.load32_splat(a1 + k);
      c10 = multiplyAdd(c10, value, b0);
      c11 = multiplyAdd(c11, value, b1);
      if (wide) {
        c12 = multiplyAdd(c12, value, b2);
        c13 = multiplyAdd(c13, value, b3);
      }
    }
    if (rows > 2) {
      value = v128.load32_splat(a2 + k);
      c20 = multiplyAdd(c20, value, b0);
      c21 = multiplyAdd(c21, value, b1);
      if (wide) {
        c22 = multiplyAdd(c22, value, b2);
        c23 = multiplyAdd(c23, value, b3);
      }
    }
    if (rows > 3) {
      value = v128.load32_splat(a3 + k);
      c30 = multiplyAdd(c30, value, b0);
      c31 = multiplyAdd(c31, value, b1);
      if (wide) {
        c32 = multiplyAdd(c32, value, b2);
        c33 = multiplyAdd(c33, value, b3);
      }
    }
    if (rows > 4) {
      value = v128.load32_splat(a4 + k);
      c40 = multiplyAdd(c40, value, b0);
      c41 = multiplyAdd(c41, value, b1);
      if (wide) {
        c42 = multiplyAdd(c42, value, b2);
        c43 = multiplyAdd(c43, value, b3);
      }
    }
    if (rows > 5) {
      value = v128.load32_splat(a5 + k);
      c50 = multiplyAdd(c50, value, b0);
      c51 = multiplyAdd(c51, value, b1);
      if (wide) {
        c52 = multiplyAdd(c52, value, b2);
        c53 = multiplyAdd(c53, value, b3);
      }
    }
    k += 4;
    b += row;
  }
  set(c, c00, c01, accumulate, wide);
  if (rows > 1) set(c + stride, c10, c11, accumulate, wide);
  if (rows > 2) set(c + 2 * stride, c20, c21, accumulate, wide);
  if (rows > 3) set(c + 3 * stride, c30, c31, accumulate, wide);
  if (rows > 4) set(c + 4 * stride, c40, c41, accumulate, wide);
  if (rows > 5) set(c + 5 * stride, c50, c51, accumulate, wide);
  if (!wide) return;
  set(c + 32, c02, c03, accumulate, wide);
  if (rows > 1) set(c + stride + 32, c12, c13, accumulate, wide);
  if (rows > 2) set(c + 2 * stride + 32, c22, c23, accumulate, wide);
  if (rows > 3) set(c + 3 * stride + 32, c32, c33, accumulate, wide);
  if (rows > 4) set(c + 4 * stride + 32, c42, c43, accumulate, wide);
  if (rows > 5) set(c + 5 * stride + 32, c52, c53, accumulate, wide);
}

function narrow1(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(1, false, addresses, b, depth, c, stride, accumulate);
}
function narrow2(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(2, false, addresses, b, depth, c, stride, accumulate);
}
function narrow3(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(3, false, addresses, b, depth, c, stride, accumulate);
}
function narrow4(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(4, false, addresses, b, depth, c, stride, accumulate);
}
function narrow5(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(5, false, addresses, b, depth, c, stride, accumulate);
}
function narrow6(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(6, false, addresses, b, depth, c, stride, accumulate);
}
function wide1(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(1, true, addresses, b, depth, c, stride, accumulate);
}
function wide2(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(2, true, addresses, b, depth, c, stride, accumulate);
}
function wide3(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(3, true, addresses, b, depth, c, stride, accumulate);
}
function wide4(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(4, true, addresses, b, depth, c, stride, accumulate);
}
function wide5(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(5, true, addresses, b, depth, c, stride, accumulate);
}
function wide6(addresses: usize, b: usize, depth: i32, c: usize, stride: usize, accumulate: bool): void {
  tile(6, true, addresses, b, depth, c, stride, accumulate);
}

/** Rows of the largest tile that stays in V8's registers: the fused multiply-add frees the one that a product needs. */
export const tileRows: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;

/** C tile [rows, P] = or += the rows of A, whose addresses are given, times packed B panel [depth, P]; P is 8 or 16. */
export function multiplyTile(
  rows: i32,
  addresses: usize,
  b: usize,
  depth: i32,
  c: usize,
  stride: usize,
  accumulate: bool,
): void {
  if (panelColumns == 16) {
    if (rows == 6) wide6(addresses, b, depth, c, stride, accumulate);
    else if (rows == 5) wide5(addresses, b, depth, c, stride, accumulate);
    else if (rows == 4) wide4(addresses, b, depth, c, stride, accumulate);
    else if (rows == 3) wide3(addresses, b, depth, c, stride, accumulate);
    else if (rows == 2) wide2(addresses, b, depth, c, stride, accumulate);
    else wide1(addresses, b, depth, c, stride, accumulate);
    return;
  }
  if (rows == 6) narrow6(addresses, b, depth, c, stride, accumulate);
  else if (rows == 5) narrow5(addresses, b, depth, c, stride, accumulate);
  else if (rows == 4) narrow4(addresses, b, depth, c, stride, accumulate);
  else if (rows == 3) narrow3(addresses, b, depth, c, stride, accumulate);
  else if (rows == 2) narrow2(addresses, b, depth, c, stride, accumulate);
  else narrow1(addresses, b, depth, c, stride, accumulate);
}
