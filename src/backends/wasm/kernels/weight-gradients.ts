// The gradients of a recurrent layer's weights: sums over all tokens, after the loop over time. Each thread sums over its
// own rows into a share of its own; gates.ts' `sumShares` adds the shares up.
import { bytes } from './bytes';
import { biasRowsOf, gatesOf } from './cell';
import { addColumnSums, gateStride } from './gates';
import { addProducts } from './products';
import { addRow, ThreadPlan } from './sequence';

/** Bytes of one thread's share: dW [features, G * S], dU [S, G * S], the bias rows [1 or 2, G * S]. */
export function shareBytes(cell: i32, features: i32, units: i32): i32 {
  const stride = gateStride(units);
  return 4 * (features + stride + biasRowsOf(cell)) * gatesOf(cell) * stride;
}

/**
 * dW += x^T dInput, and the first bias row.
 *
 * @param inputSums this thread's [inputs, columns], out: dInput summed by row of x, before the product; or 0
 */
export function addInputProducts(
  plan: ThreadPlan,
  x: usize,
  features: i32,
  columns: i32,
  dInput: usize,
  inputSums: usize,
  dW: usize,
  dBias: usize,
  piece: usize,
  block: usize,
): void {
  const sums = inputSums ? inputSums : dInput;
  if (inputSums) {
    memory.fill(sums, 0, bytes(plan.inputs * columns));
    for (let token = 0; token < plan.tokens; token++) {
      addRow(sums + bytes(plan.inputNumber(token) * columns), dInput + bytes(token * columns), columns);
    }
  }
  addProducts(plan.inputs, features, x, features, plan.inputPositions, columns, sums, columns, 0, 0, 0, dW, columns, piece, block);
  addColumnSums(sums, plan.inputs, columns, dBias);
}

/**
 * dU += h^T dGates, h the state before each token: an initial one at step 0, else a state whose packed position the plan
 * knows.
 *
 * @param initial this thread's rows; 0 where they are zeros
 * @param entering this thread's [tokens, S]: the states as they entered, where that is not as they were; or 0
 * @param columns leading columns of `dGates` (rows of `dStride`) that the product takes; `more` [tokens, moreColumns] those
 *   behind them, which may be none
 * @param dU [S, dStride]
 */
export function addRecurrentProducts(
  plan: ThreadPlan,
  states: usize,
  initial: usize,
  entering: usize,
  units: i32,
  columns: i32,
  dGates: usize,
  dStride: i32,
  moreColumns: i32,
  more: usize,
  dU: usize,
  piece: usize,
  block: usize,
): void {
  const stride = gateStride(units);
  const first = plan.steps > 0 ? plan.count(0) : 0;
  if (initial) {
    const from = entering ? entering : initial;
    addProducts(first, units, from, stride, 0, columns, dGates, dStride, moreColumns, more, moreColumns, dU, dStride, piece, block);
  }
  const from = entering ? entering + bytes(first * stride) : states;
  const index: usize = entering ? 0 : plan.previous + bytes(first);
  const dLater = dGates + bytes(first * dStride);
  const moreLater = more + bytes(first * moreColumns);
  addProducts(plan.tokens - first, units, from, stride, index, columns, dLater, dStride, moreColumns, moreLater, moreColumns, dU, dStride, piece, block);
}

/** The candidate's columns of dU for a GRU that resets before: dU += (r * h)^T dInput. */
export function addCandidateProducts(
  plan: ThreadPlan,
  resetStates: usize,
  units: i32,
  dInput: usize,
  dU: usize,
  piece: usize,
  block: usize,
): void {
  const stride = gateStride(units);
  const gates = bytes(2 * stride);
  addProducts(plan.tokens, units, resetStates, stride, 0, stride, dInput + gates, 3 * stride, 0, 0, 0, dU + gates, 3 * stride, piece, block);
}
