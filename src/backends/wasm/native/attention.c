// Attention over time (Yang et al. 2016, equations 5 to 7), after the product x W: u = tanh(x W + b), a = softmax of
// u v over the steps that count, output = sum of a x. A: units of W. Threads share the rows.
// Operands: see kernels/attention.ts.
#include "lanes.h"
#include "operands.h"
#include "rows.h"

#define lowFour(values) __builtin_shufflevector(values, values, 0, 1, 2, 3)
#define highFour(values) __builtin_shufflevector(values, values, 4, 5, 6, 7)
#define twice(values) __builtin_shufflevector(values, values, 0, 1, 2, 3, 0, 1, 2, 3)

/** values [units] become tanh(values + bias); returns their product with `context`, summed in four lanes. */
static float activate(float *values, const float *bias, const float *context, integer units) {
  four sums = {0};
  integer i = 0, whole = units & ~3;
  for (; i + 8 <= whole; i += 8) {
    eight u = hyperbolicTangent(loadEight(values + i) + loadEight(bias + i));
    storeEight(values + i, u);
    sums = multiplyAddFour(sums, lowFour(u), loadFour(context + i));
    sums = multiplyAddFour(sums, highFour(u), loadFour(context + i + 4));
  }
  if (i < whole) {
    four inner = loadFour(values + i) + loadFour(bias + i);
    four u = lowFour(hyperbolicTangent(twice(inner)));
    storeFour(values + i, u);
    sums = multiplyAddFour(sums, u, loadFour(context + i));
    i += 4;
  }
  float sum = sumLanes(sums);
  for (; i < units; i++) {
    values[i] = hyperbolicTangent(splat(values[i] + bias[i]))[0];
    sum += values[i] * context[i];
  }
  return sum;
}

static void attentionForward(char *memory, integer thread, integer threads, const void *operands) {
  const AttentionForwardOperands *o = operands;
  const float *x = at(float, memory, o->x), *bias = at(float, memory, o->bias);
  const float *context = at(float, memory, o->context);
  const uint8_t *mask = at(uint8_t, memory, o->mask);
  float *hidden = at(float, memory, o->hidden), *weights = at(float, memory, o->weights);
  float *output = at(float, memory, o->output);
  integer time = o->time, features = o->features, units = o->units;
  integer end = partStart(o->batch, thread + 1, threads, 1);
  for (integer row = partStart(o->batch, thread, threads, 1); row < end; row++) {
    size_t first = (size_t)row * time;
    const uint8_t *kept = mask ? mask + first : 0;
    float *scores = weights + first;
    float largest = -__FLT_MAX__;
    for (integer t = 0; t < time; t++) {
      float *step = hidden + (first + t) * units;
      if (kept && !kept[t]) {
        memset(step, 0, sizeof(float) * units);
        continue;
      }
      scores[t] = activate(step, bias, context, units);
      // NaN stays, as in WebAssembly's maximum.
      if (scores[t] > largest || scores[t] != scores[t]) largest = scores[t];
    }
    float total = 0;
    for (integer t = 0; t < time; t++) {
      scores[t] = !kept || kept[t] ? exponential(splat(scores[t] - largest))[0] : 0;
      total += scores[t];
    }
    float *target = output + (size_t)row * features;
    memset(target, 0, sizeof(float) * features);
    if (total == 0) continue;
    scaleRow(scores, 1 / total, time);
    for (integer t = 0; t < time; t++) {
      if (!kept || kept[t]) addScaled(target, x + (first + t) * features, scores[t], features);
    }
  }
}

/** result [units] = slope * context * (1 - u^2) */
static void activationGradient(const float *u, const float *context, float slope, integer units, float *result) {
  eight slopes = splat(slope), ones = splat(1);
  eachFrom(0, units) {
    eight value = take(u + i, width);
    put(result + i, take(context + i, width) * slopes * (ones - value * value), width);
  }
}

/** The gradient of `attentionForward`, but for what goes through the product x W. */
static void attentionBackward(char *memory, integer thread, integer threads, const void *operands) {
  const AttentionBackwardOperands *o = operands;
  const float *gradient = at(float, memory, o->gradient), *x = at(float, memory, o->x);
  const float *hidden = at(float, memory, o->hidden), *context = at(float, memory, o->context);
  const float *weights = at(float, memory, o->weights);
  float *hiddenGradient = at(float, memory, o->hiddenGradient);
  integer time = o->time, features = o->features, units = o->units;
  float *biasGradient = at(float, memory, o->shares) + (size_t)thread * 2 * units;
  float *contextGradient = biasGradient + units;
  memset(biasGradient, 0, sizeof(float) * 2 * units);
  integer end = partStart(o->batch, thread + 1, threads, 1);
  for (integer row = partStart(o->batch, thread, threads, 1); row < end; row++) {
    size_t first = (size_t)row * time;
    const float *outer = gradient + (size_t)row * features;
    const float *kept = weights + first;
    // The first float of a step's result holds the gradient of its weight for a moment.
    float mean = 0;
    for (integer t = 0; t < time; t++) {
      if (kept[t] == 0) continue;
      float slope = dot(outer, x + (first + t) * features, features);
      hiddenGradient[(first + t) * units] = slope;
      mean += kept[t] * slope;
    }
    for (integer t = 0; t < time; t++) {
      float *result = hiddenGradient + (first + t) * units;
      if (kept[t] == 0) {
        memset(result, 0, sizeof(float) * units);
        continue;
      }
      float slope = kept[t] * (*result - mean);
      const float *step = hidden + (first + t) * units;
      addScaled(contextGradient, step, slope, units);
      activationGradient(step, context, slope, units, result);
      addRow(biasGradient, result, units);
    }
  }
}

/** result [batch, time, features] += a [batch, time] * gradient [batch, features]: what goes to x past the weights. */
static void attentionInputGradient(char *memory, integer thread, integer threads, const void *operands) {
  const AttentionInputGradientOperands *o = operands;
  const float *gradient = at(float, memory, o->gradient), *weights = at(float, memory, o->weights);
  float *result = at(float, memory, o->result);
  integer time = o->time, features = o->features, steps = o->batch * time;
  integer end = partStart(steps, thread + 1, threads, 1);
  for (integer step = partStart(steps, thread, threads, 1); step < end; step++) {
    if (weights[step] == 0) continue;
    float *target = result + (size_t)step * features;
    addScaled(target, gradient + (size_t)(step / time) * features, weights[step], features);
  }
}
