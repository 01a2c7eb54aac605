// One step back through one row of a GRU; the formulas stand in recurrent-gradient.c.
#pragma once
#include "vector.h"

/** One row, one step back; `carry` holds what later steps pass on and receives dh z. */
static void resetAfterGradient(const float *gate, const float *inner, const float *previous, float *carry,
                               const float *stateGradient, float *inputGate, float *candidateGate, integer stride) {
  integer r = stride, c = 2 * stride;
  for (integer i = 0; i < stride; i += 8) {
    eight z = loadEight(gate + i), reset = loadEight(gate + r + i), candidate = loadEight(gate + c + i);
    eight dh = loadEight(carry + i) + loadEight(stateGradient + i);
    eight notZ = splat(1) - z, dhz = dh * z;
    eight dz = dhz * notZ * (loadEight(previous + i) - candidate);
    eight dc = dh * notZ * (splat(1) - candidate * candidate);
    eight dcr = dc * reset;
    eight dr = dcr * loadEight(inner + i) * (splat(1) - reset);
    storeEight(carry + i, dhz);
    storeEight(inputGate + i, dz);
    storeEight(inputGate + r + i, dr);
    storeEight(inputGate + c + i, dc);
    storeEight(candidateGate + i, dcr);
  }
}

/** As above, up to dc; dr has to wait for dc Uh^T. */
static void resetBeforeGradient(const float *gate, const float *previous, float *carry, const float *stateGradient,
                                float *inputGate, integer stride) {
  integer c = 2 * stride;
  for (integer i = 0; i < stride; i += 8) {
    eight z = loadEight(gate + i), candidate = loadEight(gate + c + i);
    eight dh = loadEight(carry + i) + loadEight(stateGradient + i);
    eight notZ = splat(1) - z, dhz = dh * z;
    eight dz = dhz * notZ * (loadEight(previous + i) - candidate);
    storeEight(carry + i, dhz);
    storeEight(inputGate + i, dz);
    storeEight(inputGate + c + i, dh * notZ * (splat(1) - candidate * candidate));
  }
}

/** dr of one row, and what r * h passes on to h; `gradient` is dc Uh^T. */
static void resetGradient(const float *gate, const float *previous, const float *gradient, float *carry,
                          float *inputGate, integer stride) {
  integer r = stride;
  for (integer i = 0; i < stride; i += 8) {
    eight reset = loadEight(gate + r + i), d = loadEight(gradient + i) * reset;
    storeEight(carry + i, loadEight(carry + i) + d);
    storeEight(inputGate + r + i, d * loadEight(previous + i) * (splat(1) - reset));
  }
}
