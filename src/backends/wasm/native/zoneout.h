// Zoneout (Krueger et al. 2017): behind the step of any cell a unit keeps a share k of its former state,
// h' = k h + (1 - k) n with n what the cell has made of it; and back, dn = (1 - k) dh', dh += k dh'. In training k is 0
// or 1, drawn by the layer for each unit and step; in prediction it is the rate everywhere. An LSTM's cell state has
// shares of its own; its output gate acts on the cell's new n, not on what is kept of it, so that nothing in
// lstm-cell.h needs to know. Counts are multiples of eight.
#pragma once
#include "sequence.h"

/**
 * The shares of the rows that run at a step, [count, stride].
 *
 * @param shares [batch, time, units], or null: then `target` holds the rate already, see `fillShares`
 * @param token of the thread's, the first one of the step
 */
static void gatherShares(const ThreadPlan *plan, const float *shares, integer token, integer count, integer units,
                         integer stride, float *target) {
  if (!shares) return;
  for (integer row = 0; row < count; row++) {
    const float *source = shares + (size_t)plan->positions[token + row] * units;
    memcpy(target + (size_t)row * stride, source, sizeof(float) * units);
  }
}

/** target [count] = rate: the shares of every step where none are drawn; with drawn ones 0, which the padding keeps. */
inlined void fillShares(float rate, integer count, float *target) {
  for (integer i = 0; i < count; i++) target[i] = rate;
}

/** state [count] = k previous + (1 - k) state */
inlined void keepShares(const float *previous, const float *shares, float *state, integer count) {
  for (integer i = 0; i < count; i += 8) {
    eight k = loadEight(shares + i);
    eight kept = k * loadEight(previous + i);
    storeEight(state + i, multiplyAdd(kept, splat(1) - k, loadEight(state + i)));
  }
}

/** kept [count] = k (gradient + more), gradient = (1 - k) (gradient + more); `more` may be null for nothing. */
inlined void splitGradient(const float *shares, const float *more, float *gradient, float *kept, integer count) {
  for (integer i = 0; i < count; i += 8) {
    eight k = loadEight(shares + i), whole = loadEight(gradient + i);
    if (more) whole += loadEight(more + i);
    storeEight(kept + i, k * whole);
    storeEight(gradient + i, (splat(1) - k) * whole);
  }
}
