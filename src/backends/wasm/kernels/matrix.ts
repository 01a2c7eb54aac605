// Matrix products over packed operands, for one thread. All strides are in elements.
//
// B [depth, columns] is packed once into panels of 8 columns, [panel][depth][8], the last one filled up with zeros.
// A is packed block by block, [tile][depth][rows of the tile], into the caller's scratch memory.
import { bytes } from './bytes';
import { multiplyTile, tileRows } from './tile';

/** Rows and depth of the block of A that is packed at a time: 48 x 256 floats (48 KiB) stay in the second-level cache. */
const blockRows: i32 = 48;
const blockDepth: i32 = 256;
/** A tile at the right edge is computed here first: 6 rows x 8 columns. */
const edgeTileBytes: usize = 6 * 8 * 4;

/** Bytes of scratch memory that `multiplyPacked` needs. */
export const blockBytes: usize = <usize>(blockRows * blockDepth * 4) + edgeTileBytes;

/** Floats that B [depth, columns] takes when packed. */
export function packedSize(depth: i32, columns: i32): i32 {
  return depth * ((columns + 7) & ~7);
}

/** Packs B [depth, columns], whose element (k, j) lies at `b + k * depthStride + j * columnStride`. */
export function packB(
  b: usize,
  depthStride: i32,
  columnStride: i32,
  depth: i32,
  columns: i32,
  packed: usize,
): void {
  for (let first = 0; first < columns; first += 8) {
    const width = min(8, columns - first);
    if (width == 8 && columnStride == 1) {
      let source = b + bytes(first);
      for (let k = 0; k < depth; k++) {
        v128.store(packed, v128.load(source));
        v128.store(packed, v128.load(source, 16), 16);
        source += bytes(depthStride);
        packed += 32;
      }
      continue;
    }
    for (let k = 0; k < depth; k++) {
      let source = b + bytes(k * depthStride + first * columnStride);
      for (let j = 0; j < width; j++) {
        store<f32>(packed + bytes(j), load<f32>(source));
        source += bytes(columnStride);
      }
      for (let j = width; j < 8; j++) store<f32>(packed + bytes(j), 0);
      packed += 32;
    }
  }
}

/** Four rows that each hold four consecutive k become four k that each hold four rows. */
// @ts-ignore: decorator
@inline
function transpose4(r0: usize, r1: usize, r2: usize, r3: usize, packed: usize, stride: usize): void {
  const a = v128.load(r0);
  const b = v128.load(r1);
  const c = v128.load(r2);
  const d = v128.load(r3);
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(packed, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(packed + stride, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(packed + 2 * stride, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(packed + 3 * stride, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
}

// @ts-ignore: decorator
@inline
function rowAddress(a: usize, stride: i32, index: usize, row: i32): usize {
  const position = index ? load<i32>(index + bytes(row)) : row;
  return a + <usize>position * bytes(stride);
}

/** A tile whose element (i, k) lies at `a + index[i] * stride + k`, packed as [depth, rows]. */
function packRows(a: usize, stride: i32, index: usize, row: i32, rows: i32, k: i32, depth: i32, packed: usize): void {
  const step = bytes(rows);
  const offset = bytes(k);
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const r0 = rowAddress(a, stride, index, row + i) + offset;
    const r1 = rowAddress(a, stride, index, row + i + 1) + offset;
    const r2 = rowAddress(a, stride, index, row + i + 2) + offset;
    const r3 = rowAddress(a, stride, index, row + i + 3) + offset;
    let target = packed + bytes(i);
    let at: usize = 0;
    const whole = bytes(depth & ~3);
    for (; at < whole; at += 16) {
      transpose4(r0 + at, r1 + at, r2 + at, r3 + at, target, step);
      target += step << 2;
    }
    for (; at < bytes(depth); at += 4) {
      store<f32>(target, load<f32>(r0 + at));
      store<f32>(target, load<f32>(r1 + at), 4);
      store<f32>(target, load<f32>(r2 + at), 8);
      store<f32>(target, load<f32>(r3 + at), 12);
      target += step;
    }
  }
  for (; i < rows; i++) {
    let source = rowAddress(a, stride, index, row + i) + offset;
    let target = packed + bytes(i);
    for (let at = 0; at < depth; at++) {
      store<f32>(target, load<f32>(source));
      source += 4;
      target += step;
    }
  }
}

/** A tile whose element (i, k) lies at `a + index[k] * stride + i`, packed as [depth, rows]. */
function packColumns(
  a: usize,
  stride: i32,
  index: usize,
  row: i32,
  rows: i32,
  k: i32,
  depth: i32,
  packed: usize,
): void {
  for (let at = k; at < k + depth; at++) {
    let source = rowAddress(a, stride, index, at) + bytes(row);
    for (let i = 0; i < rows; i++) {
      store<f32>(packed, load<f32>(source));
      source += 4;
      packed += 4;
    }
  }
}

/** Rows of the next tile: full ones, and what is left in two even parts (16 is 6 + 5 + 5, not 6 + 6 + 4). */
function nextRows(left: i32): i32 {
  if (left <= tileRows) return left;
  if (left >= 2 * tileRows) return tileRows;
  return (left + 1) >> 1;
}

/**
 * C [rows, columns] = or += A [rows, depth] times packed B.
 *
 * @param index addresses of A: 0, or a list of row numbers; of rows of A, or of columns where `transposed`
 * @param transposed the element (i, k) of A lies at `a + k * aStride + i`
 * @param scratch `blockBytes` bytes of this thread's own
 */
export function multiplyPacked(
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aStride: i32,
  index: usize,
  transposed: bool,
  packedB: usize,
  c: usize,
  cStride: i32,
  accumulate: bool,
  scratch: usize,
): void {
  const edge = scratch + <usize>(blockRows * blockDepth * 4);
  const cBytes = bytes(cStride);
  for (let k = 0; k < depth; k += blockDepth) {
    const kCount = min(blockDepth, depth - k);
    const add = accumulate || k > 0;
    let row = 0;
    while (row < rows) {
      // Packs tiles until the block is full; `last` is the first row behind it.
      let last = row;
      let packed = scratch;
      while (last < rows && last - row + tileRows <= blockRows) {
        const count = nextRows(rows - last);
        if (transposed) packColumns(a, aStride, index, last, count, k, kCount, packed);
        else packRows(a, aStride, index, last, count, k, kCount, packed);
        packed += bytes(count * kCount);
        last += count;
      }
      for (let column = 0; column < columns; column += 8) {
        const panel = packedB + bytes(column * depth + k * 8);
        let tileA = scratch;
        for (let i = row; i < last; ) {
          const count = nextRows(rows - i);
          const target = c + <usize>i * cBytes + bytes(column);
          if (columns - column >= 8) multiplyTile(count, tileA, panel, kCount, target, cBytes, add);
          else {
            multiplyTile(count, tileA, panel, kCount, edge, 32, false);
            copyEdge(edge, count, columns - column, target, cBytes, add);
          }
          tileA += bytes(count * kCount);
          i += count;
        }
      }
      row = last;
    }
  }
}

function copyEdge(edge: usize, rows: i32, columns: i32, c: usize, stride: usize, add: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < bytes(columns); j += 4) {
      const value = load<f32>(edge + (<usize>i << 5) + j);
      const target = c + <usize>i * stride + j;
      store<f32>(target, add ? load<f32>(target) + value : value);
    }
  }
}
