// Arithmetic on every element of a tensor. Operands: see kernels/elements.ts.
#include "lanes.h"
#include "operands.h"

/**
 * output [batch, time, features] = x [batch, time, features] * scale [batch, features], the same at every step of a
 * row. Threads share the steps.
 */
static void scaleSequences(char *memory, integer thread, integer threads, const void *operands) {
  const ScaleSequencesOperands *o = operands;
  integer features = o->features, time = o->time, steps = o->batch * time;
  const float *x = at(float, memory, o->x), *scale = at(float, memory, o->scale);
  float *output = at(float, memory, o->output);
  integer lastStep = partStart(steps, thread + 1, threads, 1);
  for (integer step = partStart(steps, thread, threads, 1); step < lastStep; step++) {
    size_t start = (size_t)step * features;
    multiplyRow(output + start, x + start, scale + (size_t)(step / time) * features, features);
  }
}

/** output [count] = a [count] + b [count]; `output` may be one of them. */
static void addElements(char *memory, integer thread, integer threads, const void *operands) {
  const AddElementsOperands *o = operands;
  const float *a = at(float, memory, o->a), *b = at(float, memory, o->b);
  float *output = at(float, memory, o->output);
  eachOf(o->count) put(output + i, take(a + i, width) + take(b + i, width), width);
}

/** output [count] = a [count] + b [count] * factor; `output` may be one of them. */
static void addScaledElements(char *memory, integer thread, integer threads, const void *operands) {
  const AddScaledElementsOperands *o = operands;
  const float *a = at(float, memory, o->a), *b = at(float, memory, o->b);
  float *output = at(float, memory, o->output);
  eight factor = splat(o->factor);
  eachOf(o->count) put(output + i, take(a + i, width) + take(b + i, width) * factor, width);
}

/** output [count] = x [count] * factor. */
static void scaleElements(char *memory, integer thread, integer threads, const void *operands) {
  const ScaleElementsOperands *o = operands;
  const float *x = at(float, memory, o->x);
  float *output = at(float, memory, o->output);
  eight factor = splat(o->factor);
  eachOf(o->count) put(output + i, take(x + i, width) * factor, width);
}

/** output [count] = x [count], what is beyond -limit and limit put there; NaN stays NaN. */
static void clipElements(char *memory, integer thread, integer threads, const void *operands) {
  const ClipElementsOperands *o = operands;
  const float *x = at(float, memory, o->x);
  float *output = at(float, memory, o->output);
  eight low = splat(-o->limit), high = splat(o->limit);
  eachOf(o->count) {
    eight value = __builtin_elementwise_minimum(high, take(x + i, width));
    put(output + i, __builtin_elementwise_maximum(low, value), width);
  }
}

/** target [count] += (value [count] - target) * share, in place. */
static void moveElements(char *memory, integer thread, integer threads, const void *operands) {
  const MoveElementsOperands *o = operands;
  float *target = at(float, memory, o->target);
  const float *value = at(float, memory, o->value);
  eight share = splat(o->share);
  eachOf(o->count) put(target + i, moved(take(target + i, width), take(value + i, width), share), width);
}
