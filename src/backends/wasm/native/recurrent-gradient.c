// The backward pass of recurrent.c: back-propagation through time over the same packed sequences. With dh the gradient
// of a new state, and the activations that the forward pass kept, for a GRU:
//   dz = dh (h - c) z (1 - z)      dc = dh (1 - z) (1 - c^2)      dr = d(r) r (1 - r)
//   reset after:  d(r) = dc (h Uh + ch); recurrent gate gradients are dz, dr, dc r
//   reset before: d(r) = (dc Uh^T) h;    recurrent gate gradients are dz, dr, dc
// The formulas of the other cells stand in lstm-cell.h and simple-cell.h; their recurrent gate gradients are those of
// x W. Only dGates * U^T runs inside the loop over time; dW, dU and dx are large products after it.
// Operands: see kernels/recurrent-gradient.ts. What outlives the call lies in memory as it does there.
#include "cell.h"
#include "dropout.h"
#include "gates.h"
#include "gru-cell-gradient.h"
#include "lstm-cell.h"
#include "operands.h"
#include "simple-cell.h"
#include "weight-gradients.h"
#include "zoneout.h"

/** Bytes of scratch memory that a thread needs which owns up to `rows` rows. */
static double recurrentGradientScratchBytes(const integer *sizes) {
  integer cell = sizes[0], units = sizes[1], rows = sizes[2];
  size_t stride = gateStride(units), columns = gatesOf(cell) * stride;
  // Of the rows: `carry`, `initial`, `passed`, `cellCarry`, `initialCells`, `mask`; `zoneShares`, `cellShares`,
  // `zoned`, `cellsZoned`, `cells`.
  return 4.0 * (blockFloats + packedSize(columns, units) + productPieceFloats(columns) + rows * stride * 11);
}

static void recurrentBackward(char *memory, integer thread, integer threads, const void *operands) {
  const RecurrentBackwardOperands *o = operands;
  (void)threads;
  const ThreadPlan plan = planOf(memory, o->plans, thread);
  integer cell = o->cell, features = o->features, units = o->units, gru = isGru(cell);
  integer stride = gateStride(units), gateCount = gatesOf(cell), columns = gateCount * stride;
  integer plain = plainGatesOf(cell);
  size_t first = (size_t)plan.firstToken * stride, rowsSize = (size_t)plan.rows * stride;
  const float *recurrentKernel = at(float, memory, o->recurrentKernel);
  const float *initialState = at(float, memory, o->initialState);
  const float *recurrentMask = at(float, memory, o->recurrentMask);
  const float *zoneout = at(float, memory, o->zoneout), *cellZoneout = at(float, memory, o->cellZoneout);
  // This thread's part of what is packed.
  const float *states = at(float, memory, o->states);
  const float *gates = o->gates ? at(float, memory, o->gates) + gateCount * first : 0;
  const float *kept = o->kept ? at(float, memory, o->kept) + first : 0;
  float *dInput = at(float, memory, o->inputGates) + gateCount * first;
  float *dCandidate = cell == gruResetAfter ? at(float, memory, o->candidateGates) + first : 0;
  float *enters = recurrentMask ? at(float, memory, o->entering) + first : 0;
  float *stateGradients = at(float, memory, o->stateGradients), *dState = stateGradients + first;
  const float *outputGradient = at(float, memory, o->outputGradient);
  float *initialGradient = at(float, memory, o->initialGradient);
  float *initialCellGradient = at(float, memory, o->initialCellGradient);

  float *block = at(float, memory, o->scratch + (address)thread * o->scratchBytes);
  float *packed = block + blockFloats;
  float *packedCandidate = packed + packedSize(plain * stride, units);
  float *piece = packed + packedSize(columns, units);
  float *carry = piece + productPieceFloats(columns);
  float *initial = carry + rowsSize;
  float *passed = initial + rowsSize;
  float *cellCarry = passed + rowsSize;
  float *initialCells = cellCarry + rowsSize;
  float *mask = initialCells + rowsSize;
  float *zoneShares = mask + rowsSize;
  float *cellShares = zoneShares + rowsSize;
  float *zoned = cellShares + rowsSize;
  float *cellsZoned = zoned + rowsSize;
  float *cells = cellsZoned + rowsSize;

  gatherRows(&plan, at(float, memory, o->finalGradient), units, carry, stride);
  gatherRows(&plan, initialState, units, initial, stride);
  if (cell == lstm) {
    gatherRows(&plan, at(float, memory, o->finalCellGradient), units, cellCarry, stride);
    gatherRows(&plan, at(float, memory, o->initialCell), units, initialCells, stride);
  }
  if (recurrentMask) gatherRows(&plan, recurrentMask, units, mask, stride);
  integer zones = zoneout || o->zoneoutRate > 0, cellZones = cellZoneout || o->cellZoneoutRate > 0;
  if (zones) fillShares(zoneout ? 0 : o->zoneoutRate, rowsSize, zoneShares);
  if (cellZones) fillShares(cellZoneout ? 0 : o->cellZoneoutRate, rowsSize, cellShares);
  memset(dState, 0, sizeof(float) * plan.tokens * stride);
  // What the output adds to the initial states waits where products of the loop go later, then joins `carry` at last.
  float *initialExtra = passed;
  integer extra = outputGradient && initialGradient;
  // Cleared in any case: the padding of `passed`, which no product writes, must not be somebody's old NaN.
  memset(initialExtra, 0, sizeof(float) * rowsSize);
  if (outputGradient) packGradients(&plan, outputGradient, o->time, units, stateGradients, initialExtra, stride);
  if (extra) scatterRows(&plan, initialExtra, stride, initialGradient, units);

  packTransposedWeights(recurrentKernel, units, gateCount, 0, plain, units, packed);
  if (gru) packTransposedWeights(recurrentKernel, units, 3, 2, 1, units, packedCandidate);

  integer token = plan.tokens;
  for (integer step = plan.steps - 1; step >= 0; step--) {
    integer count = plan.counts[step], size = count * stride;
    token -= count;
    size_t from = (size_t)token * stride;
    size_t fromBefore = step > 0 ? (size_t)(token - plan.counts[step - 1]) * stride : 0;
    const float *gate = gates ? gates + gateCount * from : 0, *keep = kept ? kept + from : 0;
    const float *before = step > 0 ? states + first + fromBefore : initial;
    const float *cellsBefore = step > 0 && kept ? kept + fromBefore : initialCells;
    const float *state = states + first + from;
    float *dGates = dInput + gateCount * from;
    if (zones) {
      gatherShares(&plan, zoneout, token, count, units, stride, zoneShares);
      splitGradient(zoneShares, dState + from, carry, zoned, size);
      // It is in `carry` now.
      memset(dState + from, 0, sizeof(float) * size);
    }
    if (cellZones) {
      gatherShares(&plan, cellZoneout, token, count, units, stride, cellShares);
      splitGradient(cellShares, 0, cellCarry, cellsZoned, size);
    }
    for (integer row = 0; row < count; row++) {
      size_t to = (size_t)row * stride;
      float *d = dGates + gateCount * to;
      const float *more = dState + from + to;
      if (cell == gruResetAfter) {
        resetAfterGradient(gate + 3 * to, keep + to, before + to, carry + to, more, d, dCandidate + from + to, stride);
      } else if (cell == gruResetBefore) {
        resetBeforeGradient(gate + 3 * to, before + to, carry + to, more, d, stride);
      } else if (cell == lstm) {
        // With zoneout what was kept is not c' alone.
        const float *made = cellZones ? cells + to : keep + to;
        if (cellZones) lstmCellState(gate + 4 * to, cellsBefore + to, cells + to, stride);
        lstmGradient(gate + 4 * to, made, cellsBefore + to, carry + to, cellCarry + to, more, d, stride);
      } else simpleGradient((zones ? gate : state) + to, carry + to, more, d, cell == simpleRelu, stride);
    }
    if (cellZones) addRow(cellCarry, cellsZoned, size);
    if (recurrentMask) maskRows(before, mask, enters + from, size);
    if (cell == gruResetBefore) {
      multiplyPacked(count, units, stride, dGates + 2 * stride, 3 * stride, 0, 0, packedCandidate, passed, stride, 0,
                     block);
      if (recurrentMask) maskRows(passed, mask, passed, size);
      for (integer row = 0; row < count; row++) {
        size_t to = (size_t)row * stride;
        resetGradient(gate + 3 * to, before + to, passed + to, carry + to, dGates + 3 * to, stride);
      }
    }
    // What step 0 passes on is the gradient of the initial state, which may be wanted by nobody.
    if (step == 0 && !initialGradient) continue;
    // A GRU's carry holds dh z already; a masked product waits apart until the mask has been applied.
    integer apart = gru && recurrentMask, add = gru && !apart;
    float *target = apart ? passed : carry;
    if (cell == gruResetAfter) {
      multiplyPacked(count, units, stride, dCandidate + from, stride, 0, 0, packedCandidate, target, stride, add,
                     block);
      add = 1;
    }
    multiplyPacked(count, units, plain * stride, dGates, columns, 0, 0, packed, target, stride, add, block);
    if (apart) addMaskedRows(passed, mask, carry, size);
    else if (recurrentMask) maskRows(carry, mask, carry, size);
    if (zones) addRow(carry, zoned, size);
  }
  if (initialGradient) {
    if (extra) {
      gatherRows(&plan, initialGradient, units, initialExtra, stride);
      addRow(carry, initialExtra, rowsSize);
    }
    scatterRows(&plan, carry, stride, initialGradient, units);
  }
  if (initialCellGradient) scatterRows(&plan, cellCarry, stride, initialCellGradient, units);

  size_t shareSize = shareFloats(cell, features, units);
  float *dW = at(float, memory, o->shares) + thread * shareSize;
  float *dU = dW + (size_t)features * columns, *dBias = dU + (size_t)stride * columns;
  memset(dW, 0, sizeof(float) * shareSize);
  float *sums = o->inputSums ? at(float, memory, o->inputSums) + (size_t)plan.firstInput * columns : 0;
  addInputProducts(&plan, at(float, memory, o->x), features, columns, dInput, sums, dW, dBias, piece, block);
  // The first state, if there is one, and what the others were when they entered.
  const float *firstStates = initialState ? initial : 0;
  if (cell == gruResetAfter) {
    addRecurrentProducts(&plan, states, firstStates, enters, units, 2 * stride, dInput, columns, stride, dCandidate, dU,
                         piece, block);
    // The second bias differs from the first one in the candidate alone.
    memcpy(dBias + columns, dBias, sizeof(float) * 2 * stride);
    addColumnSums(dCandidate, plan.tokens, stride, dBias + columns + 2 * stride);
    return;
  }
  addRecurrentProducts(&plan, states, firstStates, enters, units, plain * stride, dInput, columns, 0, 0, dU, piece,
                       block);
  // What entered the candidate's product, r * h, was kept.
  if (cell == gruResetBefore) addCandidateProducts(&plan, kept, units, dInput, dU, piece, block);
}
