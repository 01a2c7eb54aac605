// Matrix products for one thread. All strides are in elements.
//
// B [depth, columns] is packed once into panels of P columns (see panel.ts), [panel][depth][P], the last one filled up with
// zeros.
// A is read where it lies if its rows are contiguous; a transposed A is turned round, block by block.
import { bytes } from './bytes';
import { columnStart, filledColumns, panelColumns } from './panel';
import { multiplyTile, tileRows } from './tile';

/** A block of A: 48 rows, 256 deep, are 48 KiB, which stay in the second-level cache. */
const blockRows: i32 = 48;
const blockDepth: i32 = 256;
/** A tile at the right edge is computed here first: at most 6 rows x 16 columns. */
const edgeFloats: i32 = 6 * 16;

/** Bytes of scratch memory that `multiplyPacked` needs: a turned block, the addresses of its rows, an edge tile. */
export const blockBytes: usize = bytes(blockRows * blockDepth + blockRows + edgeFloats);

/** Floats that B [depth, columns] takes when packed. */
export function packedSize(depth: i32, columns: i32): i32 {
  return depth * filledColumns(columns);
}

/** Four rows that each hold four consecutive numbers become their transpose, with `stride` bytes between its rows. */
// @ts-ignore: decorator
@inline
function transpose4(r0: usize, r1: usize, r2: usize, r3: usize, target: usize, stride: usize): void {
  const a = v128.load(r0);
  const b = v128.load(r1);
  const c = v128.load(r2);
  const d = v128.load(r3);
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(target + stride, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(target + 2 * stride, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(target + 3 * stride, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
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
  const row = bytes(panelColumns);
  for (let first = 0; first < filledColumns(columns); first += 8) {
    const width = max(0, min(8, columns - first));
    let target = packed + columnStart(first, depth);
    if (width == 8 && columnStride == 1) {
      let source = b + bytes(first);
      for (let k = 0; k < depth; k++) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
        source += bytes(depthStride);
        target += row;
      }
      continue;
    }
    let k = 0;
    if (width == 8 && depthStride == 1) {
      const column = b + bytes(first * columnStride);
      const step = bytes(columnStride);
      for (; k + 4 <= depth; k += 4) {
        const left = column + bytes(k);
        const right = left + 4 * step;
        transpose4(left, left + step, left + 2 * step, left + 3 * step, target, row);
        transpose4(right, right + step, right + 2 * step, right + 3 * step, target + 16, row);
        target += 4 * row;
      }
    }
    for (; k < depth; k++) {
      let source = b + bytes(k * depthStride + first * columnStride);
      for (let j = 0; j < width; j++) {
        store<f32>(target + bytes(j), load<f32>(source));
        source += bytes(columnStride);
      }
      for (let j = width; j < 8; j++) store<f32>(target + bytes(j), 0);
      target += row;
    }
  }
}

// @ts-ignore: decorator
@inline
function rowAddress(a: usize, stride: i32, index: usize, row: i32): usize {
  const position = index ? load<i32>(index + bytes(row)) : row;
  return a + <usize>position * bytes(stride);
}

/** Turns a block round: element (i, k), which lies at `a + index[k] * stride + i`, goes to `block + i * depth + k`. */
function turnBlock(
  a: usize,
  stride: i32,
  index: usize,
  row: i32,
  rows: i32,
  k: i32,
  depth: i32,
  block: usize,
): void {
  const step = bytes(depth);
  let at = 0;
  for (; at + 4 <= depth; at += 4) {
    const r0 = rowAddress(a, stride, index, k + at) + bytes(row);
    const r1 = rowAddress(a, stride, index, k + at + 1) + bytes(row);
    const r2 = rowAddress(a, stride, index, k + at + 2) + bytes(row);
    const r3 = rowAddress(a, stride, index, k + at + 3) + bytes(row);
    let target = block + bytes(at);
    let i: usize = 0;
    for (; i < bytes(rows & ~3); i += 16) {
      transpose4(r0 + i, r1 + i, r2 + i, r3 + i, target, step);
      target += 4 * step;
    }
    for (; i < bytes(rows); i += 4) {
      store<f32>(target, load<f32>(r0 + i));
      store<f32>(target, load<f32>(r1 + i), 4);
      store<f32>(target, load<f32>(r2 + i), 8);
      store<f32>(target, load<f32>(r3 + i), 12);
      target += step;
    }
  }
  for (; at < depth; at++) {
    const source = rowAddress(a, stride, index, k + at) + bytes(row);
    for (let i = 0; i < rows; i++) store<f32>(block + <usize>i * step + bytes(at), load<f32>(source + bytes(i)));
  }
}

/** Rows of the next tile: full ones, and what is left in two even parts (16 is 6 + 5 + 5, not 6 + 6 + 4). */
function nextRows(left: i32): i32 {
  if (left <= tileRows) return left;
  if (left >= 2 * tileRows) return tileRows;
  return (left + 1) >> 1;
}

/**
 * C [rows, columns] = or += A [rows, depth] times packed B. An element is summed in one order, whatever `rows` is.
 *
 * @param index 0, or a list of row numbers: of rows of A, or of columns where `transposed`
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
  const addresses = scratch + bytes(blockRows * blockDepth);
  const edge = addresses + bytes(blockRows);
  const cBytes = bytes(cStride);
  for (let k = 0; k < depth; k += blockDepth) {
    const kCount = min(blockDepth, depth - k);
    const add = accumulate || k > 0;
    for (let row = 0; row < rows; row += blockRows) {
      const count = min(blockRows, rows - row);
      if (transposed) turnBlock(a, aStride, index, row, count, k, kCount, scratch);
      for (let i = 0; i < count; i++) {
        const address = transposed
          ? scratch + bytes(i * kCount)
          : rowAddress(a, aStride, index, row + i) + bytes(k);
        store<u32>(addresses + bytes(i), <u32>address);
      }
      for (let column = 0; column < columns; column += panelColumns) {
        const panel = packedB + bytes(column * depth + k * panelColumns);
        for (let i = 0; i < count; ) {
          const tile = nextRows(count - i);
          const target = c + <usize>(row + i) * cBytes + bytes(column);
          if (columns - column >= panelColumns) multiplyTile(tile, addresses + bytes(i), panel, kCount, target, cBytes, add);
          else {
            multiplyTile(tile, addresses + bytes(i), panel, kCount, edge, bytes(panelColumns), false);
            copyEdge(edge, tile, columns - column, target, cBytes, add);
          }
          i += tile;
        }
      }
    }
  }
}

function copyEdge(edge: usize, rows: i32, columns: i32, c: usize, stride: usize, add: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < bytes(columns); j += 4) {
      const value = load<f32>(edge + <usize>i * bytes(panelColumns) + j);
      const target = c + <usize>i * stride + j;
      store<f32>(target, add ? load<f32>(target) + value : value);
    }
  }
}
