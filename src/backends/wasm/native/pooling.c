// A sequence as one vector: its last state, its maximum and its mean over the steps that count. Threads share the rows.
// Operands: see kernels/pooling.ts.
#include "operands.h"
#include "rows.h"

/** Steps of a row that count. */
static integer countSteps(const uint8_t *mask, integer time) {
  if (!mask) return time;
  integer count = 0;
  for (integer t = 0; t < time; t++) count += mask[t] != 0;
  return count;
}

/** The last step of a row that counts; -1 where none does. */
static integer lastStep(const uint8_t *mask, integer time) {
  integer t = time - 1;
  while (mask && t >= 0 && !mask[t]) t--;
  return t;
}

/** Where `source` is larger than `largest`, has no predecessor or is NaN, it takes the place, and `step` is noted. */
static void keepLarger(const float *source, integer step, integer features, float *largest, integer *places) {
  eightIntegers here = step - (eightIntegers){0};
  integer i = 0;
  for (; i + 8 <= features; i += 8) {
    eight value = loadEight(source + i), former = loadEight(largest + i);
    eightIntegers *place = (eightIntegers *)(places + i);
    eightIntegers wins = (value > former) | (value != value) | (*place < 0);
    storeEight(largest + i, choose(wins, value, former));
    *place = (here & wins) | (*place & ~wins);
  }
  for (; i < features; i++) {
    if (source[i] > largest[i] || source[i] != source[i] || places[i] < 0) {
      largest[i] = source[i];
      places[i] = step;
    }
  }
}

static void poolForward(char *memory, integer thread, integer threads, const void *operands) {
  const PoolForwardOperands *o = operands;
  const float *x = at(float, memory, o->x);
  const uint8_t *mask = at(uint8_t, memory, o->mask);
  float *output = at(float, memory, o->output);
  integer *steps = at(integer, memory, o->steps);
  integer time = o->time, features = o->features;
  size_t size = sizeof(float) * features;
  integer end = partStart(o->batch, thread + 1, threads, 1);
  for (integer row = partStart(o->batch, thread, threads, 1); row < end; row++) {
    const float *sequence = x + (size_t)row * time * features;
    const uint8_t *kept = mask ? mask + (size_t)row * time : 0;
    float *target = output + (size_t)row * o->width;
    integer *places = steps + (size_t)row * features;
    integer last = lastStep(kept, time);
    memset(target, 0, sizeof(float) * o->width);
    memset(places, 0xff, size);
    if (last < 0) continue;
    if (o->lastAt >= 0) memcpy(target + o->lastAt, sequence + (size_t)last * features, size);
    for (integer t = 0; t <= last; t++) {
      if (kept && !kept[t]) continue;
      const float *source = sequence + (size_t)t * features;
      if (o->maximumAt >= 0) keepLarger(source, t, features, target + o->maximumAt, places);
      if (o->meanAt >= 0) addRow(target + o->meanAt, source, features);
    }
    if (o->meanAt >= 0) scaleRow(target + o->meanAt, 1 / (float)countSteps(kept, time), features);
  }
}

/** The gradient of `poolForward`. */
static void poolBackward(char *memory, integer thread, integer threads, const void *operands) {
  const PoolBackwardOperands *o = operands;
  const float *gradient = at(float, memory, o->gradient);
  const uint8_t *mask = at(uint8_t, memory, o->mask);
  const integer *steps = at(integer, memory, o->steps);
  float *result = at(float, memory, o->result);
  integer time = o->time, features = o->features;
  size_t size = sizeof(float) * features;
  integer end = partStart(o->batch, thread + 1, threads, 1);
  for (integer row = partStart(o->batch, thread, threads, 1); row < end; row++) {
    float *sequence = result + (size_t)row * time * features;
    const uint8_t *kept = mask ? mask + (size_t)row * time : 0;
    const float *source = gradient + (size_t)row * o->width;
    integer count = countSteps(kept, time);
    // The first step that counts gets the mean's gradient, the others a copy of it.
    const float *first = 0;
    for (integer t = 0; t < time; t++) {
      float *target = sequence + (size_t)t * features;
      if (o->meanAt < 0 || (kept && !kept[t])) memset(target, 0, size);
      else if (first) memcpy(target, first, size);
      else {
        memcpy(target, source + o->meanAt, size);
        scaleRow(target, 1 / (float)count, features);
        first = target;
      }
    }
    if (count == 0) continue;
    if (o->lastAt >= 0) addRow(sequence + (size_t)lastStep(kept, time) * features, source + o->lastAt, features);
    if (o->maximumAt < 0) continue;
    const integer *places = steps + (size_t)row * features;
    for (integer feature = 0; feature < features; feature++) {
      sequence[(size_t)places[feature] * features + feature] += source[o->maximumAt + feature];
    }
  }
}
