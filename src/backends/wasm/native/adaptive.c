// Optimizers that divide gradients by their size, in the forms of Keras; every operation in the order of the composed
// form, so that both give the same bits. Operands: see kernels/adaptive.ts.
#include "lanes.h"
#include "operands.h"

/**
 * Keras' optimizers/nadam.py, in place:
 *   m += (g - m) share1, v += (g^2 - v) share2, p -= (m ofMean + g ofGradient) rate / (sqrt(v / correction) + epsilon)
 */
static void nadamStep(char *memory, integer thread, integer threads, const void *operands) {
  const NadamStepOperands *o = operands;
  float *parameter = at(float, memory, o->parameter), *m = at(float, memory, o->m), *v = at(float, memory, o->v);
  const float *gradient = at(float, memory, o->gradient);
  eight rate = splat(o->rate), share1 = splat(o->share1), share2 = splat(o->share2), ofMean = splat(o->ofMean);
  eight ofGradient = splat(o->ofGradient), correction = splat(o->correction), epsilon = splat(o->epsilon);
  eachOf(o->count) {
    eight g = take(gradient + i, width);
    eight m1 = moved(take(m + i, width), g, share1), v1 = moved(take(v + i, width), g * g, share2);
    put(m + i, m1, width);
    put(v + i, v1, width);
    eight step = (m1 * ofMean + g * ofGradient) * rate / (squareRoot(v1 / correction) + epsilon);
    put(parameter + i, take(parameter + i, width) - step, width);
  }
}

/**
 * Keras' optimizers/rmsprop.py, in place:
 *   v += (g^2 - v) share, mean += (g - mean) share, s = s momentum + g rate / sqrt(v - mean^2 + epsilon), p -= s
 * `mean` and `steps` are null where gradients are not centered, and where there is no momentum.
 */
static void rmsPropStep(char *memory, integer thread, integer threads, const void *operands) {
  const RmsPropStepOperands *o = operands;
  float *parameter = at(float, memory, o->parameter), *v = at(float, memory, o->v);
  float *mean = at(float, memory, o->mean), *steps = at(float, memory, o->steps);
  const float *gradient = at(float, memory, o->gradient);
  eight rate = splat(o->rate), share = splat(o->share), momentum = splat(o->momentum), epsilon = splat(o->epsilon);
  eachOf(o->count) {
    eight g = take(gradient + i, width);
    eight variance = moved(take(v + i, width), g * g, share);
    put(v + i, variance, width);
    if (mean) {
      eight m1 = moved(take(mean + i, width), g, share);
      put(mean + i, m1, width);
      variance = __builtin_elementwise_maximum(variance - m1 * m1, splat(0));
    }
    eight step = g * rate / squareRoot(variance + epsilon);
    if (steps) {
      step = take(steps + i, width) * momentum + step;
      put(steps + i, step, width);
    }
    put(parameter + i, take(parameter + i, width) - step, width);
  }
}

/** Keras' optimizers/adagrad.py, in place: sum += g^2, p -= g rate / sqrt(sum + epsilon). */
static void adagradStep(char *memory, integer thread, integer threads, const void *operands) {
  const AdagradStepOperands *o = operands;
  float *parameter = at(float, memory, o->parameter), *sum = at(float, memory, o->sum);
  const float *gradient = at(float, memory, o->gradient);
  eight rate = splat(o->rate), epsilon = splat(o->epsilon);
  eachOf(o->count) {
    eight g = take(gradient + i, width), squares = take(sum + i, width) + g * g;
    put(sum + i, squares, width);
    put(parameter + i, take(parameter + i, width) - g * rate / squareRoot(squares + epsilon), width);
  }
}

/**
 * Keras' optimizers/adadelta.py, in place:
 *   v += (g^2 - v) share, d = g sqrt(w + epsilon) / sqrt(v + epsilon), w += (d^2 - w) share, p -= d rate
 */
static void adadeltaStep(char *memory, integer thread, integer threads, const void *operands) {
  const AdadeltaStepOperands *o = operands;
  float *parameter = at(float, memory, o->parameter), *v = at(float, memory, o->v), *w = at(float, memory, o->w);
  const float *gradient = at(float, memory, o->gradient);
  eight rate = splat(o->rate), share = splat(o->share), epsilon = splat(o->epsilon);
  eachOf(o->count) {
    eight g = take(gradient + i, width), v1 = moved(take(v + i, width), g * g, share), before = take(w + i, width);
    put(v + i, v1, width);
    eight d = squareRoot(before + epsilon) * g / squareRoot(v1 + epsilon);
    put(w + i, moved(before, d * d, share), width);
    put(parameter + i, take(parameter + i, width) - d * rate, width);
  }
}

/**
 * Keras' optimizers/lamb.py up to the size of its step: m += (g - m) share1 and v += (g^2 - v) share2, in place, and
 *   output = (m / correction1) / (sqrt(v / correction2) + epsilon)
 */
static void lambDirection(char *memory, integer thread, integer threads, const void *operands) {
  const LambDirectionOperands *o = operands;
  float *m = at(float, memory, o->m), *v = at(float, memory, o->v), *output = at(float, memory, o->output);
  const float *gradient = at(float, memory, o->gradient);
  eight share1 = splat(o->share1), share2 = splat(o->share2), epsilon = splat(o->epsilon);
  eight correction1 = splat(o->correction1), correction2 = splat(o->correction2);
  eachOf(o->count) {
    eight g = take(gradient + i, width);
    eight m1 = moved(take(m + i, width), g, share1), v1 = moved(take(v + i, width), g * g, share2);
    put(m + i, m1, width);
    put(v + i, v1, width);
    put(output + i, m1 / correction1 / (squareRoot(v1 / correction2) + epsilon), width);
  }
}
