// The gradients of a recurrent layer's weights: sums over all tokens, after the loop over time. Each thread sums over
// its own rows into a share of its own; `sumShares` of kernels/gates.ts adds the shares up.
#pragma once
#include "cell.h"
#include "gates.h"
#include "products.h"
#include "sequence.h"

/**
 * Floats of one thread's share: dW [features, G * S], dU [S, G * S], the bias rows [1 or 2, G * S]. As many as
 * `shareBytes` of kernels/weight-gradients.ts says.
 */
inlined size_t shareFloats(integer cell, integer features, integer units) {
  integer stride = gateStride(units);
  return (size_t)(features + stride + biasRowsOf(cell)) * gatesOf(cell) * stride;
}

/**
 * dW += x^T dInput, and the first bias row.
 *
 * @param inputSums this thread's [inputs, columns], out: dInput summed by row of x, before the product; or null
 */
static void addInputProducts(const ThreadPlan *plan, const float *x, integer features, integer columns,
                             const float *dInput, float *inputSums, float *dW, float *dBias, float *piece,
                             float *block) {
  if (inputSums) {
    memset(inputSums, 0, sizeof(float) * plan->inputs * columns);
    for (integer token = 0; token < plan->tokens; token++) {
      addRow(inputSums + (size_t)plan->inputNumbers[token] * columns, dInput + (size_t)token * columns, columns);
    }
  }
  const float *sums = inputSums ? inputSums : dInput;
  addProducts(plan->inputs, features, x, features, plan->inputPositions, columns, sums, columns, 0, 0, 0, dW, columns,
              piece, block);
  addColumnSums(sums, plan->inputs, columns, dBias);
}

/**
 * dU += h^T dGates, h the state before each token: an initial one at step 0, else a state whose packed position the
 * plan knows.
 *
 * @param initial this thread's rows; null where they are zeros
 * @param entering this thread's [tokens, S]: the states as they entered, where that is not as they were; or null
 * @param columns leading columns of `dGates` (rows of `dStride`) that the product takes; `more` [tokens, moreColumns]
 *   those behind them, which may be none
 * @param dU [S, dStride]
 */
static void addRecurrentProducts(const ThreadPlan *plan, const float *states, const float *initial,
                                 const float *entering, integer units, integer columns, const float *dGates,
                                 size_t dStride, integer moreColumns, const float *more, float *dU, float *piece,
                                 float *block) {
  integer stride = gateStride(units);
  integer first = plan->steps > 0 ? plan->counts[0] : 0;
  if (initial) {
    const float *from = entering ? entering : initial;
    addProducts(first, units, from, stride, 0, columns, dGates, dStride, moreColumns, more, moreColumns, dU, dStride,
                piece, block);
  }
  const float *from = entering ? entering + (size_t)first * stride : states;
  const integer *index = entering ? 0 : plan->previous + first;
  const float *dLater = dGates + first * dStride, *moreLater = more ? more + (size_t)first * moreColumns : 0;
  addProducts(plan->tokens - first, units, from, stride, index, columns, dLater, dStride, moreColumns, moreLater,
              moreColumns, dU, dStride, piece, block);
}

/** The candidate's columns of dU for a GRU that resets before: dU += (r * h)^T dInput. */
static void addCandidateProducts(const ThreadPlan *plan, const float *resetStates, integer units, const float *dInput,
                                 float *dU, float *piece, float *block) {
  integer stride = gateStride(units), gates = 2 * stride;
  addProducts(plan->tokens, units, resetStates, stride, 0, stride, dInput + gates, 3 * stride, 0, 0, 0, dU + gates,
              3 * stride, piece, block);
}
