// Layer normalization over the last axis (Ba, Kiros & Hinton 2016; Keras' layers/normalization/layer_normalization.py):
//   n = (x - mean) / sqrt(variance + epsilon), y = gamma n + beta
// With g = dy gamma:  dx = (g - mean(g) - n mean(g n)) / sqrt(variance + epsilon). Threads share the rows.
// Operands: see kernels/normalization.ts.
#include "lanes.h"
#include "operands.h"
#include "rows.h"

/** target [columns] = n; returns 1 / sqrt(variance + epsilon). */
static float normalizeRow(const float *x, integer columns, float epsilon, float *target) {
  four sums = {0};
  integer i = 0;
  for (; i + 4 <= columns; i += 4) sums += loadFour(x + i);
  float sum = sumLanes(sums);
  for (; i < columns; i++) sum += x[i];
  float mean = sum / columns;

  four squares = {0};
  for (i = 0; i + 4 <= columns; i += 4) {
    four distance = loadFour(x + i) - splatFour(mean);
    storeFour(target + i, distance);
    squares = multiplyAddFour(squares, distance, distance);
  }
  float square = sumLanes(squares);
  for (; i < columns; i++) {
    target[i] = x[i] - mean;
    square += target[i] * target[i];
  }
  float slope = 1 / __builtin_elementwise_sqrt(square / columns + epsilon);
  scaleRow(target, slope, columns);
  return slope;
}

/** g [columns], in place, becomes (g - mean(g) - n mean(g n)) * slope. */
static void finishGradient(float *g, const float *normal, float slope, integer columns) {
  four sums = {0}, products = {0};
  integer i = 0;
  for (; i + 4 <= columns; i += 4) {
    sums += loadFour(g + i);
    products = multiplyAddFour(products, loadFour(g + i), loadFour(normal + i));
  }
  float sum = sumLanes(sums), product = sumLanes(products);
  for (; i < columns; i++) {
    sum += g[i];
    product += g[i] * normal[i];
  }
  addScaled(g, normal, -product / columns, columns);
  eight mean = splat(sum / columns), slopes = splat(slope);
  eachFrom(0, columns) put(g + i, (take(g + i, width) - mean) * slopes, width);
}

/** output [rows, columns] = y; gamma and beta are null for ones and zeros. */
static void normalizeForward(char *memory, integer thread, integer threads, const void *operands) {
  const NormalizeForwardOperands *o = operands;
  integer columns = o->columns, end = partStart(o->rows, thread + 1, threads, 1);
  const float *gamma = at(float, memory, o->gamma), *beta = at(float, memory, o->beta);
  for (integer row = partStart(o->rows, thread, threads, 1); row < end; row++) {
    size_t start = (size_t)row * columns;
    float *target = at(float, memory, o->output) + start;
    normalizeRow(at(float, memory, o->x) + start, columns, o->epsilon, target);
    if (gamma) multiplyRow(target, target, gamma, columns);
    if (beta) addRow(target, beta, columns);
  }
}

/**
 * The gradient of `normalizeForward`: `result` by x; `shares` [threads, 2, columns] by gamma and beta, from each
 * thread's rows.
 */
static void normalizeBackward(char *memory, integer thread, integer threads, const void *operands) {
  const NormalizeBackwardOperands *o = operands;
  integer columns = o->columns, end = partStart(o->rows, thread + 1, threads, 1);
  size_t size = sizeof(float) * columns;
  const float *gamma = at(float, memory, o->gamma);
  float *gammaGradient = at(float, memory, o->shares) + 2 * (size_t)thread * columns;
  float *betaGradient = gammaGradient + columns;
  float *normal = at(float, memory, o->scratch) + (size_t)thread * columns;
  memset(gammaGradient, 0, 2 * size);
  for (integer row = partStart(o->rows, thread, threads, 1); row < end; row++) {
    size_t start = (size_t)row * columns;
    const float *outer = at(float, memory, o->gradient) + start;
    float *inner = at(float, memory, o->result) + start;
    float slope = normalizeRow(at(float, memory, o->x) + start, columns, o->epsilon, normal);
    addRow(betaGradient, outer, columns);
    multiplyRow(inner, outer, normal, columns);
    addRow(gammaGradient, inner, columns);
    if (gamma) multiplyRow(inner, outer, gamma, columns);
    else memcpy(inner, outer, size);
    finishGradient(inner, normal, slope, columns);
  }
}
