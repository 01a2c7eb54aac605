// The forward pass of a recurrent layer over packed sequences. The cells (lecture items 5 to 7):
//   simple: h' = tanh or relu of x W + h U + b
//   LSTM:   see lstm-cell.ts
//   GRU (Cho et al. 2014; Keras' layers/rnn/gru.py), whose gates are ordered z, r, candidate:
//     z = sigmoid(x Wz + h Uz + bz), r = sigmoid(x Wr + h Ur + br)
//     reset before: c = tanh(x Wh + (r * h) Uh + bh)
//     reset after:  c = tanh(x Wh + bh + r * (h Uh + ch)), and z and r have a second bias too
//     h' = z * h + (1 - z) * c
// S: units filled up to a multiple of eight. G: gates of the cell, which lie side by side in its weights.
import { bytes } from './bytes';
import { biasRowsOf, Cell, gatesOf, plainGatesOf } from './cell';
import { maskRows } from './dropout';
import { resetAfterStep, resetBeforeGates, resetBeforeState } from './gru-cell';
import { gateStride, packWeights, widen } from './gates';
import { lstmStep } from './lstm-cell';
import { blockBytes, multiplyPacked, packedSize } from './matrix';
import { RecurrentForwardOperands } from './operands';
import { gatherRows, scatterRows, ThreadPlan, threadPlan, unpackStates } from './sequence';
import { simpleStep } from './simple-cell';
import { fillShares, gatherShares, keepShares } from './zoneout';

/** Floats of U, packed in one piece or as the plain gates and a candidate, each filled up to whole panels. */
function recurrentSize(cell: i32, units: i32): i32 {
  const stride = gateStride(units);
  const plain = plainGatesOf(cell);
  return packedSize(units, plain * stride) + packedSize(units, (gatesOf(cell) - plain) * stride);
}

/** Bytes of scratch memory a thread needs that owns up to `rows` rows with `inputs` different rows of x. */
export function recurrentScratchBytes(cell: i32, features: i32, units: i32, rows: i32, inputs: i32): i32 {
  const stride = gateStride(units);
  const columns = gatesOf(cell) * stride;
  return (
    <i32>blockBytes +
    4 * packedSize(features, columns) +
    4 * recurrentSize(cell, units) +
    4 * biasRowsOf(cell) * columns +
    // First states, an LSTM's cell states, the dropout mask, masked states; zoneout's two shares, cell states before a step.
    4 * rows * stride * 7 +
    4 * rows * columns +
    4 * inputs * columns
  );
}

/**
 * Operands:
 *   x [batch, time, features]
 *   kernel [features, G * units]
 *   recurrentKernel [units, G * units]
 *   bias [G * units], or [2, 3 * units] for a GRU that resets after; 0 where there is none
 *   initialState [batch, units], or 0 for zeros
 *   initialCell [batch, units], an LSTM's; or 0 for zeros
 *   recurrentMask [batch, units], what the state is multiplied by where it enters the recurrent product; or 0
 *   zoneout, cellZoneout [batch, time, units]: the share that each unit keeps of its former state, or cell state, at each
 *     step; or 0 where it is `zoneoutRate`, or `cellZoneoutRate`, everywhere
 *   states: packed [tokens, S]: h after each step
 *   gates: packed [tokens, G * S]: activations of each step (z, r, c; i, f, g, o; of a simple cell h' before zoneout, or 0
 *     where there is none). Only scratch memory for a GRU that resets before, and not used for others, where no gradient
 *     will be asked for
 *   kept: packed [tokens, S]; 0 where no gradient will be asked for. GRU: h Uh + ch (reset after) or r * h; LSTM: c', what
 *     zoneout has kept included
 *   output [batch, time, units], or 0
 *   finalState [batch, units]
 *   finalCell [batch, units], an LSTM's; or 0
 *   table [table rows, G * S], in and out: x W by the row's id, where the plan numbers the inputs that way; or 0
 *   cell: a `Cell`
 *   scratch: `scratchBytes` (see `recurrentScratchBytes`) for each thread
 */
export function recurrentForward(thread: i32, threads: i32, operands: RecurrentForwardOperands): void {
  const recurrentKernel = operands.recurrentKernel;
  const initialState = operands.initialState;
  const recurrentMask = operands.recurrentMask;
  const zoneout = operands.zoneout;
  const cellZoneout = operands.cellZoneout;
  const states = operands.states;
  const gates = operands.gates;
  const kept = operands.kept;
  const output = operands.output;
  const finalState = operands.finalState;
  const finalCell = operands.finalCell;
  const table = operands.table;
  const cell = operands.cell;
  const features = operands.features;
  const units = operands.units;
  const time = operands.time;
  const zoneoutRate = operands.zoneoutRate;
  const cellZoneoutRate = operands.cellZoneoutRate;
  const plan = threadPlan(operands.plans, thread);
  const stride = gateStride(units);
  const gateCount = gatesOf(cell);
  const columns = gateCount * stride;
  const plain = plainGatesOf(cell);
  const rowsSize = bytes(plan.rows * stride);
  const block = operands.scratch + <usize>(thread * operands.scratchBytes);
  const packedKernel = block + blockBytes;
  const packedRecurrent = packedKernel + bytes(packedSize(features, columns));
  const candidateRecurrent = packedRecurrent + bytes(packedSize(units, plain * stride));
  const biases = packedRecurrent + bytes(recurrentSize(cell, units));
  const initial = biases + bytes(biasRowsOf(cell) * columns);
  const cells = initial + rowsSize;
  const mask = cells + rowsSize;
  const masked = mask + rowsSize;
  const shares = masked + rowsSize;
  const cellShares = shares + rowsSize;
  const cellsBefore = cellShares + rowsSize;
  const products = cellsBefore + rowsSize;
  const fresh = products + bytes(plan.rows * columns);

  widen(operands.bias, biasRowsOf(cell), gateCount, units, biases);
  gatherRows(plan, initialState, units, initial, stride);
  if (cell == Cell.Lstm) gatherRows(plan, operands.initialCell, units, cells, stride);
  if (recurrentMask) gatherRows(plan, recurrentMask, units, mask, stride);
  const zones = zoneout || zoneoutRate > 0;
  const cellZones = cellZoneout || cellZoneoutRate > 0;
  if (zones) fillShares(zoneout ? 0 : zoneoutRate, plan.rows * stride, shares);
  if (cellZones) fillShares(cellZoneout ? 0 : cellZoneoutRate, plan.rows * stride, cellShares);
  packWeights(operands.kernel, features, gateCount, 0, gateCount, units, packedKernel);
  if (cell == Cell.GruResetBefore) {
    packWeights(recurrentKernel, units, 3, 0, 2, units, packedRecurrent);
    packWeights(recurrentKernel, units, 3, 2, 1, units, candidateRecurrent);
  } else packWeights(recurrentKernel, units, gateCount, 0, gateCount, units, packedRecurrent);

  // x W for every different row of x at once; only h U has to wait for the step before.
  const inputs = table ? table : fresh;
  multiplyPacked(plan.inputs, columns, features, operands.x, features, plan.inputPositions, false, packedKernel, fresh, columns, false, block);
  if (table) keepProducts(plan, fresh, columns, table);

  const first = bytes(plan.firstToken * stride);
  let gate = gates + <usize>gateCount * first;
  let state = states + first;
  let keep = kept ? kept + first : 0;
  let previous = initial;
  let token = 0;
  for (let step = 0; step < plan.steps; step++) {
    const count = plan.count(step);
    const size = bytes(count * stride);
    // A first state of zeros makes products of zeros.
    const zero = step == 0 && !initialState;
    if (zero) memory.fill(products, 0, bytes(count * columns));
    else {
      const entering = recurrentMask ? masked : previous;
      if (recurrentMask) maskRows(previous, mask, masked, size);
      const width = cell == Cell.GruResetBefore ? 2 * stride : columns;
      multiplyPacked(count, width, units, entering, stride, 0, false, packedRecurrent, products, width, false, block);
    }
    if (cell == Cell.GruResetBefore) {
      // Where nothing is kept for a gradient, r * h goes behind the products.
      const reset = keep ? keep : products + bytes(plan.rows * 2 * stride);
      for (let row = 0; row < count; row++) {
        const at = bytes(row * stride);
        const input = inputs + bytes(plan.inputNumber(token + row) * columns);
        resetBeforeGates(input, gate + 3 * at, products + 2 * at, biases, previous + at, reset + at, stride);
      }
      if (recurrentMask) maskRows(reset, mask, reset, size);
      if (!zero) multiplyPacked(count, stride, units, reset, stride, 0, false, candidateRecurrent, products, stride, false, block);
    }
    if (cellZones) memory.copy(cellsBefore, cells, size);
    for (let row = 0; row < count; row++) {
      const at = bytes(row * stride);
      const input = inputs + bytes(plan.inputNumber(token + row) * columns);
      if (cell == Cell.GruResetAfter) {
        resetAfterStep(input, gate + 3 * at, products + 3 * at, biases, previous + at, state + at, keep ? keep + at : 0, stride);
      } else if (cell == Cell.GruResetBefore) {
        resetBeforeState(input, gate + 3 * at, products + at, biases, previous + at, state + at, stride);
      } else if (cell == Cell.Lstm) {
        lstmStep(input, products + 4 * at, biases, cells + at, state + at, gate + 4 * at, keep ? keep + at : 0, stride);
      } else simpleStep(input, products + at, biases, state + at, cell == Cell.SimpleRelu, stride);
    }
    if (zones) {
      gatherShares(plan, zoneout, token, count, units, stride, shares);
      // The slope of a simple cell is that of what it made.
      if (gateCount == 1 && gates) memory.copy(gate, state, size);
      keepShares(previous, shares, state, size);
    }
    if (cellZones) {
      gatherShares(plan, cellZoneout, token, count, units, stride, cellShares);
      keepShares(cellsBefore, cellShares, cells, size);
      if (keep) memory.copy(keep, cells, size);
    }
    // The final states of rows that end here are written below, from `initial`, which is then no longer needed.
    keepLast(plan, step, count, state, initial, stride);
    previous = state;
    token += count;
    state += size;
    gate += <usize>gateCount * size;
    if (keep) keep += size;
  }
  scatterRows(plan, initial, stride, finalState, units);
  if (finalCell) scatterRows(plan, cells, stride, finalCell, units);
  if (output) {
    gatherRows(plan, initialState, units, initial, stride);
    unpackStates(plan, states, initial, stride, output, time, units);
  }
}

/** Copies new products to their rows of the table. Two threads may write the same row: they write the same numbers. */
function keepProducts(plan: ThreadPlan, fresh: usize, columns: i32, table: usize): void {
  for (let i = 0; i < plan.inputs; i++) {
    const row = load<i32>(plan.inputRows + bytes(i));
    memory.copy(table + bytes(row * columns), fresh + bytes(i * columns), bytes(columns));
  }
}

/** Rows that do not run at the next step have reached their final state: it takes the place of their initial one. */
function keepLast(plan: ThreadPlan, step: i32, count: i32, state: usize, last: usize, stride: i32): void {
  const next = step + 1 < plan.steps ? plan.count(step + 1) : 0;
  const from = bytes(next * stride);
  memory.copy(last + from, state + from, bytes((count - next) * stride));
}
