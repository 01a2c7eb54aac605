// The forward pass of a recurrent layer over packed sequences. The cells:
//   simple: h' = tanh or relu of x W + h U + b
//   LSTM:   see lstm-cell.h
//   GRU (Cho et al. 2014; Keras' layers/rnn/gru.py), whose gates are ordered z, r, candidate:
//     z = sigmoid(x Wz + h Uz + bz), r = sigmoid(x Wr + h Ur + br)
//     reset before: c = tanh(x Wh + (r * h) Uh + bh)
//     reset after:  c = tanh(x Wh + bh + r * (h Uh + ch)), and z and r have a second bias too
//     h' = z * h + (1 - z) * c
// S: units filled up to a multiple of eight. G: gates of the cell, which lie side by side in its weights.
// Operands: see kernels/recurrent.ts. What outlives the call lies in memory as it does there.
#include "cell.h"
#include "dropout.h"
#include "gates.h"
#include "gru-cell.h"
#include "lstm-cell.h"
#include "operands.h"
#include "sequence.h"
#include "simple-cell.h"
#include "zoneout.h"

/** Floats of U, packed in one piece or as the plain gates and a candidate, each filled up to whole panels. */
inlined size_t recurrentSize(integer cell, integer units) {
  integer stride = gateStride(units), plain = plainGatesOf(cell);
  return packedSize(units, plain * stride) + packedSize(units, (gatesOf(cell) - plain) * stride);
}

/** Bytes of scratch memory a thread needs that owns up to `rows` rows with `inputs` different rows of x. */
static double recurrentScratchBytes(const integer *sizes) {
  integer cell = sizes[0], features = sizes[1], units = sizes[2], rows = sizes[3], inputs = sizes[4];
  size_t stride = gateStride(units), columns = gatesOf(cell) * stride;
  // Of the rows: first states, an LSTM's cell states, the dropout mask, masked states; zoneout's two shares, cell
  // states before a step.
  return 4.0 * (blockFloats + packedSize(features, columns) + recurrentSize(cell, units) + biasRowsOf(cell) * columns +
                rows * stride * 7 + rows * columns + inputs * columns);
}

/** Copies new products to their rows of the table. Two threads may write the same row: they write the same numbers. */
static void keepProducts(const ThreadPlan *plan, const float *fresh, integer columns, float *table) {
  for (integer i = 0; i < plan->inputs; i++) {
    float *target = table + (size_t)plan->inputRows[i] * columns;
    memcpy(target, fresh + (size_t)i * columns, sizeof(float) * columns);
  }
}

/** Rows that do not run at the next step have reached their final state: it takes the place of their initial one. */
static void keepLast(const ThreadPlan *plan, integer step, const float *state, float *last, integer stride) {
  integer next = step + 1 < plan->steps ? plan->counts[step + 1] : 0;
  size_t from = (size_t)next * stride;
  memcpy(last + from, state + from, sizeof(float) * (plan->counts[step] - next) * stride);
}

static void recurrentForward(char *memory, integer thread, integer threads, const void *operands) {
  const RecurrentForwardOperands *o = operands;
  (void)threads;
  const ThreadPlan plan = planOf(memory, o->plans, thread);
  integer cell = o->cell, features = o->features, units = o->units;
  integer stride = gateStride(units), gateCount = gatesOf(cell), columns = gateCount * stride;
  const float *x = at(float, memory, o->x), *kernel = at(float, memory, o->kernel);
  const float *recurrentKernel = at(float, memory, o->recurrentKernel);
  const float *initialState = at(float, memory, o->initialState);
  const float *recurrentMask = at(float, memory, o->recurrentMask);
  const float *zoneout = at(float, memory, o->zoneout), *cellZoneout = at(float, memory, o->cellZoneout);
  float *states = at(float, memory, o->states), *gates = at(float, memory, o->gates);
  float *kept = at(float, memory, o->kept), *output = at(float, memory, o->output);
  float *table = at(float, memory, o->table), *finalCell = at(float, memory, o->finalCell);

  size_t rowsSize = (size_t)plan.rows * stride;
  float *block = at(float, memory, o->scratch + (address)thread * o->scratchBytes);
  float *packedKernel = block + blockFloats;
  float *packedRecurrent = packedKernel + packedSize(features, columns);
  float *candidateRecurrent = packedRecurrent + packedSize(units, plainGatesOf(cell) * stride);
  float *biases = packedRecurrent + recurrentSize(cell, units);
  float *initial = biases + biasRowsOf(cell) * columns;
  float *cells = initial + rowsSize;
  float *mask = cells + rowsSize;
  float *masked = mask + rowsSize;
  float *shares = masked + rowsSize;
  float *cellShares = shares + rowsSize;
  float *cellsBefore = cellShares + rowsSize;
  float *products = cellsBefore + rowsSize;
  float *fresh = products + (size_t)plan.rows * columns;

  widen(at(float, memory, o->bias), biasRowsOf(cell), gateCount, units, biases);
  gatherRows(&plan, initialState, units, initial, stride);
  if (cell == lstm) gatherRows(&plan, at(float, memory, o->initialCell), units, cells, stride);
  if (recurrentMask) gatherRows(&plan, recurrentMask, units, mask, stride);
  integer zones = zoneout || o->zoneoutRate > 0, cellZones = cellZoneout || o->cellZoneoutRate > 0;
  if (zones) fillShares(zoneout ? 0 : o->zoneoutRate, rowsSize, shares);
  if (cellZones) fillShares(cellZoneout ? 0 : o->cellZoneoutRate, rowsSize, cellShares);
  packWeights(kernel, features, gateCount, 0, gateCount, units, packedKernel);
  if (cell == gruResetBefore) {
    packWeights(recurrentKernel, units, 3, 0, 2, units, packedRecurrent);
    packWeights(recurrentKernel, units, 3, 2, 1, units, candidateRecurrent);
  } else packWeights(recurrentKernel, units, gateCount, 0, gateCount, units, packedRecurrent);

  // x W for every different row of x at once; only h U has to wait for the step before.
  multiplyPacked(plan.inputs, columns, features, x, features, plan.inputPositions, 0, packedKernel, fresh, columns, 0,
                 block);
  if (table) keepProducts(&plan, fresh, columns, table);
  const float *inputs = table ? table : fresh;

  size_t first = (size_t)plan.firstToken * stride;
  float *gate = gates ? gates + gateCount * first : 0;
  float *keep = kept ? kept + first : 0;
  float *state = states + first;
  const float *previous = initial;
  const integer *inputNumbers = plan.inputNumbers;
  for (integer step = 0; step < plan.steps; step++) {
    integer count = plan.counts[step], size = count * stride;
    // A first state of zeros makes products of zeros.
    integer zero = step == 0 && !initialState;
    if (zero) memset(products, 0, sizeof(float) * count * columns);
    else {
      const float *entering = recurrentMask ? masked : previous;
      if (recurrentMask) maskRows(previous, mask, masked, size);
      integer width = cell == gruResetBefore ? 2 * stride : columns;
      multiplyPacked(count, width, units, entering, stride, 0, 0, packedRecurrent, products, width, 0, block);
    }
    if (cell == gruResetBefore) {
      // Where nothing is kept for a gradient, r * h goes behind the products.
      float *reset = keep ? keep : products + 2 * rowsSize;
      for (integer row = 0; row < count; row++) {
        size_t to = (size_t)row * stride;
        const float *input = inputs + (size_t)inputNumbers[row] * columns;
        resetBeforeGates(input, gate + 3 * to, products + 2 * to, biases, previous + to, reset + to, stride);
      }
      if (recurrentMask) maskRows(reset, mask, reset, size);
      if (!zero) {
        multiplyPacked(count, stride, units, reset, stride, 0, 0, candidateRecurrent, products, stride, 0, block);
      }
    }
    if (cellZones) memcpy(cellsBefore, cells, sizeof(float) * size);
    for (integer row = 0; row < count; row++) {
      size_t to = (size_t)row * stride;
      const float *input = inputs + (size_t)inputNumbers[row] * columns;
      float *product = products + gateCount * to, *gateHere = gate ? gate + gateCount * to : 0;
      float *keepHere = keep ? keep + to : 0;
      if (cell == gruResetAfter) {
        resetAfterStep(input, gateHere, product, biases, previous + to, state + to, keepHere, stride);
      } else if (cell == gruResetBefore) {
        resetBeforeState(input, gateHere, products + to, biases, previous + to, state + to, stride);
      } else if (cell == lstm) {
        lstmStep(input, product, biases, cells + to, state + to, gateHere, keepHere, stride);
      } else simpleStep(input, product, biases, state + to, cell == simpleRelu, stride);
    }
    if (zones) {
      gatherShares(&plan, zoneout, inputNumbers - plan.inputNumbers, count, units, stride, shares);
      // The slope of a simple cell is that of what it made.
      if (gateCount == 1 && gate) memcpy(gate, state, sizeof(float) * size);
      keepShares(previous, shares, state, size);
    }
    if (cellZones) {
      gatherShares(&plan, cellZoneout, inputNumbers - plan.inputNumbers, count, units, stride, cellShares);
      keepShares(cellsBefore, cellShares, cells, size);
      if (keep) memcpy(keep, cells, sizeof(float) * size);
    }
    // The final states of rows that end here are written below, from `initial`, which is then no longer needed.
    keepLast(&plan, step, state, initial, stride);
    previous = state;
    inputNumbers += count;
    state += size;
    if (gate) gate += gateCount * size;
    if (keep) keep += size;
  }
  scatterRows(&plan, initial, stride, at(float, memory, o->finalState), units);
  if (finalCell) scatterRows(&plan, cells, stride, finalCell, units);
  if (output) {
    gatherRows(&plan, initialState, units, initial, stride);
    unpackStates(&plan, states, initial, stride, output, o->time, units);
  }
}
