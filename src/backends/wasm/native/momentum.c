// Descent with momentum, in the form of Keras' optimizers/sgd.py. Operands: see kernels/momentum.ts.
#include "lanes.h"
#include "operands.h"

/** v = v momentum - g rate, p += v, in place; with Nesterov's look ahead p += v momentum - g rate instead. */
static void momentumStep(char *memory, integer thread, integer threads, const void *operands) {
  const MomentumStepOperands *o = operands;
  float *parameter = at(float, memory, o->parameter), *velocity = at(float, memory, o->velocity);
  const float *gradient = at(float, memory, o->gradient);
  eight rate = splat(o->rate), momentum = splat(o->momentum);
  integer nesterov = o->nesterov;
  eachOf(o->count) {
    eight fall = take(gradient + i, width) * rate;
    eight v = take(velocity + i, width) * momentum - fall;
    put(velocity + i, v, width);
    put(parameter + i, take(parameter + i, width) + (nesterov ? v * momentum - fall : v), width);
  }
}
