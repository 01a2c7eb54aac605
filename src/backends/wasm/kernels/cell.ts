// The recurrent cells that these kernels compute. The loops over time are the same for all of them (recurrent.ts and
// recurrent-gradient.ts); what one row does at one step stands in gru-cell.ts, lstm-cell.ts and simple-cell.ts.

/** As `cellTable` of registered/recurrent-cell.ts numbers them. */
export const enum Cell {
  GruResetAfter,
  GruResetBefore,
  Lstm,
  SimpleTanh,
  SimpleRelu,
}

/** Parts of `units` columns in the weights of a cell. */
// @ts-ignore: decorator
@inline
export function gatesOf(cell: i32): i32 {
  if (cell <= Cell.GruResetBefore) return 3;
  return cell == Cell.Lstm ? 4 : 1;
}

/** Rows of a cell's bias: a GRU whose reset gate acts after the recurrent product has a second one for that product. */
// @ts-ignore: decorator
@inline
export function biasRowsOf(cell: i32): i32 {
  return cell == Cell.GruResetAfter ? 2 : 1;
}

/**
 * The leading gates whose recurrent gradients are the gradients of x W, too: they go through one product. The candidate
 * of a GRU goes through one of its own.
 */
// @ts-ignore: decorator
@inline
export function plainGatesOf(cell: i32): i32 {
  return cell <= Cell.GruResetBefore ? 2 : gatesOf(cell);
}
