// Kingma & Ba 2015, in the form of Keras' optimizers/adam.py: the bias correction is part of the rate. With the
// decoupled decay of Loshchilov & Hutter 2019 it is AdamW. Operands: see kernels/adam.ts.
#include "lanes.h"
#include "operands.h"

/** Inlined with a constant for `decays`, which leaves no branch in the loop. */
inlined void adamUpdate(char *memory, integer thread, integer threads, const AdamWOperands *o, integer decays) {
  float *parameter = at(float, memory, o->parameter), *m = at(float, memory, o->m), *v = at(float, memory, o->v);
  const float *gradient = at(float, memory, o->gradient);
  eight rate = splat(o->rate), share1 = splat(o->share1), share2 = splat(o->share2);
  eight epsilon = splat(o->epsilon), decay = splat(o->decay);
  eachOf(o->count) {
    eight g = take(gradient + i, width), p = take(parameter + i, width);
    eight m1 = moved(take(m + i, width), g, share1), v1 = moved(take(v + i, width), g * g, share2);
    put(m + i, m1, width);
    put(v + i, v1, width);
    if (decays) p = p - p * decay;
    put(parameter + i, p - m1 * rate / (squareRoot(v1) + epsilon), width);
  }
}

/** m += (g - m) (1 - beta1), v += (g^2 - v) (1 - beta2), p -= m rate / (sqrt(v) + epsilon), in place. */
static void adam(char *memory, integer thread, integer threads, const void *operands) {
  const AdamOperands *o = operands;
  const AdamWOperands update = {
      .parameter = o->parameter,
      .m = o->m,
      .v = o->v,
      .gradient = o->gradient,
      .count = o->count,
      .rate = o->rate,
      .share1 = 1 - o->beta1,
      .share2 = 1 - o->beta2,
      .epsilon = o->epsilon,
  };
  adamUpdate(memory, thread, threads, &update, 0);
}

/** The same after p -= p decay; share1 and share2 are 1 - beta1 and 1 - beta2, rounded once. */
static void adamW(char *memory, integer thread, integer threads, const void *operands) {
  const AdamWOperands *o = operands;
  adamUpdate(memory, thread, threads, o, 1);
}
