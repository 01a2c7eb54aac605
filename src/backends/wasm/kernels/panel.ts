import { bytes } from './bytes';

/**
 * Columns of a packed panel and of a tile: 8 fill V8's 128-bit registers best. Where V8 joins neighbouring operations into
 * 256-bit ones (vector-bits.ts decides), 16 do. Given when the kernels are instantiated.
 */
// @ts-ignore: decorator
@external("env", "panelColumns")
export declare const panelColumns: i32;

/** Columns filled up to whole panels. */
// @ts-ignore: decorator
@inline
export function filledColumns(columns: i32): i32 {
  return (columns + panelColumns - 1) & -panelColumns;
}

/** Where column `column` of a packed matrix of this depth begins. Its rows are `panelColumns` floats apart. */
// @ts-ignore: decorator
@inline
export function columnStart(column: i32, depth: i32): usize {
  return bytes((column & -panelColumns) * depth + (column & (panelColumns - 1)));
}
