// The backward pass of recurrent.ts: back-propagation through time over the same packed sequences. With dh the gradient of
// a new state, and the activations that the forward pass kept, for a GRU:
//   dz = dh (h - c) z (1 - z)      dc = dh (1 - z) (1 - c^2)      dr = d(r) r (1 - r)
//   reset after:  d(r) = dc (h Uh + ch); recurrent gate gradients are dz, dr, dc r
//   reset before: d(r) = (dc Uh^T) h;    recurrent gate gradients are dz, dr, dc
// The formulas of the other cells stand in lstm-cell.ts and simple-cell.ts; their recurrent gate gradients are those of x W.
// Only dGates * U^T runs inside the loop over time; dW, dU and dx are large products after it.
import { bytes } from './bytes';
import { Cell, gatesOf, plainGatesOf } from './cell';
import { addMaskedRows, maskRows } from './dropout';
import { resetAfterGradient, resetBeforeGradient, resetGradient } from './gru-cell-gradient';
import { addColumnSums, gateStride, packTransposedWeights } from './gates';
import { lstmCellState, lstmGradient } from './lstm-cell';
import { blockBytes, multiplyPacked, packedSize } from './matrix';
import { RecurrentBackwardOperands } from './operands';
import { productPieceFloats } from './products';
import { addRow, gatherRows, packGradients, scatterRows, threadPlan } from './sequence';
import { simpleGradient } from './simple-cell';
import { addCandidateProducts, addInputProducts, addRecurrentProducts, shareBytes } from './weight-gradients';
import { fillShares, gatherShares, splitGradient } from './zoneout';

/** Bytes of scratch memory that a thread needs which owns up to `rows` rows. */
export function recurrentGradientScratchBytes(cell: i32, units: i32, rows: i32): i32 {
  const stride = gateStride(units);
  const columns = gatesOf(cell) * stride;
  // `carry`, `initial`, `passed`, `cellCarry`, `initialCells`, `mask`; `zoneShares`, `cellShares`, `zoned`, `cellsZoned`, `cells`
  return <i32>blockBytes + 4 * packedSize(columns, units) + 4 * productPieceFloats(columns) + 4 * rows * stride * 11;
}

/**
 * Operands as those of `recurrentForward`, and:
 *   inputGates: packed [tokens, G * S], out: gradient of x W
 *   candidateGates: packed [tokens, S], out for a GRU that resets after: gradient of h Uh; that of h Uz and h Ur is
 *     `inputGates`'. Not used by other cells
 *   entering: packed [tokens, S], out where there is a `recurrentMask`: the states as they entered the products
 *   stateGradients: packed [tokens, S], out: what the output adds to each state's gradient
 *   outputGradient [batch, time, units], or 0
 *   finalGradient [batch, units], or 0
 *   finalCellGradient [batch, units], an LSTM's; or 0
 *   inputSums: packed [inputs, G * S], out: `inputGates` summed over the tokens with the same row of x; 0 where every
 *     token has its own
 *   initialGradient [batch, units], out, or 0
 *   initialCellGradient [batch, units], out, or 0
 *   shares: `shareBytes` for each thread, out
 */
export function recurrentBackward(thread: i32, threads: i32, operands: RecurrentBackwardOperands): void {
  const x = operands.x;
  const recurrentKernel = operands.recurrentKernel;
  const initialState = operands.initialState;
  const recurrentMask = operands.recurrentMask;
  const zoneout = operands.zoneout;
  const cellZoneout = operands.cellZoneout;
  const states = operands.states;
  const gates = operands.gates;
  const kept = operands.kept;
  const stateGradients = operands.stateGradients;
  const outputGradient = operands.outputGradient;
  const inputSums = operands.inputSums;
  const initialGradient = operands.initialGradient;
  const initialCellGradient = operands.initialCellGradient;
  const shares = operands.shares;
  const cell = operands.cell;
  const features = operands.features;
  const units = operands.units;
  const zoneoutRate = operands.zoneoutRate;
  const cellZoneoutRate = operands.cellZoneoutRate;
  const plan = threadPlan(operands.plans, thread);
  const stride = gateStride(units);
  const gateCount = gatesOf(cell);
  const columns = gateCount * stride;
  const plain = plainGatesOf(cell);
  const gru = cell <= Cell.GruResetBefore;
  const rowsSize = bytes(plan.rows * stride);
  const block = operands.scratch + <usize>(thread * operands.scratchBytes);
  const packed = block + blockBytes;
  const packedCandidate = packed + bytes(packedSize(plain * stride, units));
  const piece = packed + bytes(packedSize(columns, units));
  const carry = piece + bytes(productPieceFloats(columns));
  const initial = carry + rowsSize;
  const passed = initial + rowsSize;
  const cellCarry = passed + rowsSize;
  const initialCells = cellCarry + rowsSize;
  const mask = initialCells + rowsSize;
  const zoneShares = mask + rowsSize;
  const cellShares = zoneShares + rowsSize;
  const zoned = cellShares + rowsSize;
  const cellsZoned = zoned + rowsSize;
  const cells = cellsZoned + rowsSize;

  const first = bytes(plan.firstToken * stride);
  const dInput = operands.inputGates + <usize>gateCount * first;
  const dCandidate = operands.candidateGates + first;
  const dState = stateGradients + first;
  const enters = operands.entering + first;
  gatherRows(plan, operands.finalGradient, units, carry, stride);
  gatherRows(plan, initialState, units, initial, stride);
  if (cell == Cell.Lstm) {
    gatherRows(plan, operands.finalCellGradient, units, cellCarry, stride);
    gatherRows(plan, operands.initialCell, units, initialCells, stride);
  }
  if (recurrentMask) gatherRows(plan, recurrentMask, units, mask, stride);
  const zones = zoneout || zoneoutRate > 0;
  const cellZones = cellZoneout || cellZoneoutRate > 0;
  if (zones) fillShares(zoneout ? 0 : zoneoutRate, plan.rows * stride, zoneShares);
  if (cellZones) fillShares(cellZoneout ? 0 : cellZoneoutRate, plan.rows * stride, cellShares);
  memory.fill(dState, 0, bytes(plan.tokens * stride));
  // What the output adds to the initial states waits where products of the loop go later, then joins `carry` at the end.
  const initialExtra = passed;
  let extra = false;
  // Cleared in any case: the padding of `passed`, which no product writes, must not be somebody's old NaN.
  memory.fill(initialExtra, 0, rowsSize);
  if (outputGradient) {
    packGradients(plan, outputGradient, operands.time, units, stateGradients, initialExtra, stride);
    extra = initialGradient != 0;
  }
  if (extra) scatterRows(plan, initialExtra, stride, initialGradient, units);

  packTransposedWeights(recurrentKernel, units, gateCount, 0, plain, units, packed);
  if (gru) packTransposedWeights(recurrentKernel, units, 3, 2, 1, units, packedCandidate);

  let token = plan.tokens;
  for (let step = plan.steps - 1; step >= 0; step--) {
    const count = plan.count(step);
    token -= count;
    const from = bytes(token * stride);
    const size = bytes(count * stride);
    const gate = gates + <usize>gateCount * (first + from);
    const keep = kept + first + from;
    const stepBefore = step > 0 ? first + bytes((token - plan.count(step - 1)) * stride) : 0;
    const before = step > 0 ? states + stepBefore : initial;
    const cellsBefore = step > 0 ? kept + stepBefore : initialCells;
    if (zones) {
      gatherShares(plan, zoneout, token, count, units, stride, zoneShares);
      splitGradient(zoneShares, dState + from, carry, zoned, size);
      // It is in `carry` now.
      memory.fill(dState + from, 0, size);
    }
    if (cellZones) {
      gatherShares(plan, cellZoneout, token, count, units, stride, cellShares);
      splitGradient(cellShares, 0, cellCarry, cellsZoned, size);
    }
    for (let row = 0; row < count; row++) {
      const at = bytes(row * stride);
      const to = from + at;
      if (cell == Cell.GruResetAfter) {
        resetAfterGradient(gate + 3 * at, keep + at, before + at, carry + at, dState + to, dInput + 3 * to, dCandidate + to, stride);
      } else if (cell == Cell.GruResetBefore) {
        resetBeforeGradient(gate + 3 * at, before + at, carry + at, dState + to, dInput + 3 * to, stride);
      } else if (cell == Cell.Lstm) {
        // With zoneout what was kept is not c' alone.
        const made = cellZones ? cells + at : keep + at;
        if (cellZones) lstmCellState(gate + 4 * at, cellsBefore + at, made, stride);
        lstmGradient(gate + 4 * at, made, cellsBefore + at, carry + at, cellCarry + at, dState + to, dInput + 4 * to, stride);
      } else simpleGradient(zones ? gate + at : states + first + to, carry + at, dState + to, dInput + to, cell == Cell.SimpleRelu, stride);
    }
    if (cellZones) addRow(cellCarry, cellsZoned, count * stride);
    if (recurrentMask) maskRows(before, mask, enters + from, size);
    // What step 0 passes on is the gradient of the initial state, which may be wanted by nobody.
    const last = step == 0 && !initialGradient;
    if (cell == Cell.GruResetBefore) {
      const candidate = dInput + 3 * from + bytes(2 * stride);
      multiplyPacked(count, units, stride, candidate, 3 * stride, 0, false, packedCandidate, passed, stride, false, block);
      if (recurrentMask) maskRows(passed, mask, passed, size);
      for (let row = 0; row < count; row++) {
        const at = bytes(row * stride);
        resetGradient(gate + 3 * at, before + at, passed + at, carry + at, dInput + 3 * (from + at), stride);
      }
    }
    if (last) continue;
    // A GRU's carry holds dh z already; a masked product waits apart until the mask has been applied.
    const apart = gru && recurrentMask != 0;
    const target = apart ? passed : carry;
    let add = gru && !apart;
    if (cell == Cell.GruResetAfter) {
      multiplyPacked(count, units, stride, dCandidate + from, stride, 0, false, packedCandidate, target, stride, add, block);
      add = true;
    }
    multiplyPacked(count, units, plain * stride, dInput + <usize>gateCount * from, columns, 0, false, packed, target, stride, add, block);
    if (apart) addMaskedRows(passed, mask, carry, size);
    else if (recurrentMask) maskRows(carry, mask, carry, size);
    if (zones) addRow(carry, zoned, count * stride);
  }
  if (initialGradient) {
    if (extra) {
      gatherRows(plan, initialGradient, units, initialExtra, stride);
      addColumnSums(initialExtra, 1, plan.rows * stride, carry);
    }
    scatterRows(plan, carry, stride, initialGradient, units);
  }
  if (initialCellGradient) scatterRows(plan, cellCarry, stride, initialCellGradient, units);

  const share = shares + <usize>(thread * shareBytes(cell, features, units));
  memory.fill(share, 0, <usize>shareBytes(cell, features, units));
  const dU = share + bytes(features * columns);
  const dBias = dU + bytes(stride * columns);
  const sums = inputSums ? inputSums + bytes(plan.firstInput * columns) : 0;
  addInputProducts(plan, x, features, columns, dInput, sums, share, dBias, piece, block);
  // The first state, if there is one, and what the others were when they entered.
  const firstStates = initialState ? initial : 0;
  const later = recurrentMask ? enters : 0;
  if (cell == Cell.GruResetAfter) {
    addRecurrentProducts(plan, states, firstStates, later, units, 2 * stride, dInput, columns, stride, dCandidate, dU, piece, block);
    // The second bias differs from the first one in the candidate alone.
    memory.copy(dBias + bytes(columns), dBias, bytes(2 * stride));
    addColumnSums(dCandidate, plan.tokens, stride, dBias + bytes(columns + 2 * stride));
    return;
  }
  addRecurrentProducts(plan, states, firstStates, later, units, plain * stride, dInput, columns, 0, 0, dU, piece, block);
  // What entered the candidate's product, r * h, was kept.
  if (cell == Cell.GruResetBefore) addCandidateProducts(plan, kept + first, units, dInput, dU, piece, block);
}
