// The outputs of the two directions of a bidirectional layer, put together and taken apart again. The backward
// direction gives its outputs in the order of computing: what belongs to step t stands at time - 1 - t.
// Operands: see kernels/directions.ts.
#include "lanes.h"
#include "operands.h"

/** How two outputs become one; numbered as in registered/merge-directions.ts. */
enum { joined, summed, averaged, multiplied };

/** The step of the same row that is as far from the end as this one is from the start. */
inlined integer oppositeStep(integer step, integer time) { return 2 * (step / time * time) + time - 1 - step; }

/** target [units] = the sum, the mean or the product of one and other [units] */
inlined void combineAs(integer mode, const float *one, const float *other, integer units, float *target) {
  eachFrom(0, units) {
    eight a = take(one + i, width), b = take(other + i, width);
    put(target + i, mode == multiplied ? a * b : mode == summed ? a + b : (a + b) * splat(0.5f), width);
  }
}

static void combine(integer mode, const float *one, const float *other, integer units, float *target) {
  if (mode == multiplied) combineAs(multiplied, one, other, units, target);
  else if (mode == summed) combineAs(summed, one, other, units, target);
  else combineAs(averaged, one, other, units, target);
}

/** output [batch, time, units], or [batch, time, 2 * units] where they are joined; zeros at masked steps. */
static void mergeDirections(char *memory, integer thread, integer threads, const void *operands) {
  const MergeDirectionsOperands *o = operands;
  const float *forward = at(float, memory, o->forward), *backward = at(float, memory, o->backward);
  const uint8_t *mask = at(uint8_t, memory, o->mask);
  float *output = at(float, memory, o->output);
  integer time = o->time, units = o->units, steps = o->batch * time;
  size_t size = sizeof(float) * units;
  integer width = o->mode == joined ? 2 * units : units;
  integer last = partStart(steps, thread + 1, threads, 1);
  for (integer step = partStart(steps, thread, threads, 1); step < last; step++) {
    integer opposite = oppositeStep(step, time);
    float *target = output + (size_t)step * width;
    if (mask && !mask[o->maskReversed ? opposite : step]) {
      memset(target, 0, sizeof(float) * width);
      continue;
    }
    const float *one = forward + (size_t)step * units, *other = backward + (size_t)opposite * units;
    if (o->mode == joined) {
      memcpy(target, one, size);
      memcpy(target + units, other, size);
    } else combine(o->mode, one, other, units, target);
  }
}

/** The gradient of `mergeDirections`. */
static void splitDirections(char *memory, integer thread, integer threads, const void *operands) {
  const SplitDirectionsOperands *o = operands;
  const float *gradient = at(float, memory, o->gradient);
  const float *forward = at(float, memory, o->forward), *backward = at(float, memory, o->backward);
  const uint8_t *mask = at(uint8_t, memory, o->mask);
  float *forwardGradient = at(float, memory, o->forwardGradient);
  float *backwardGradient = at(float, memory, o->backwardGradient);
  integer time = o->time, units = o->units, steps = o->batch * time;
  size_t size = sizeof(float) * units;
  integer width = o->mode == joined ? 2 * units : units;
  integer last = partStart(steps, thread + 1, threads, 1);
  for (integer step = partStart(steps, thread, threads, 1); step < last; step++) {
    integer opposite = oppositeStep(step, time);
    size_t here = (size_t)step * units, there = (size_t)opposite * units;
    float *one = forwardGradient + here, *other = backwardGradient + there;
    if (mask && !mask[o->maskReversed ? opposite : step]) {
      memset(one, 0, size);
      memset(other, 0, size);
      continue;
    }
    const float *from = gradient + (size_t)step * width;
    if (o->mode == multiplied) {
      combine(multiplied, from, backward + there, units, one);
      combine(multiplied, from, forward + here, units, other);
    } else if (o->mode == averaged) {
      for (integer i = 0; i < units; i++) one[i] = from[i] * 0.5f;
      memcpy(other, one, size);
    } else {
      memcpy(one, from, size);
      memcpy(other, o->mode == joined ? from + units : from, size);
    }
  }
}
