// A convolution over time: windows [size * features] of each sequence times the kernel. A window is a piece of the
// sequence as it lies in memory, so that the windows of a padded sequence are a matrix whose rows overlap, `features`
// apart, and nothing has to be copied together. Operands: see kernels/convolution.ts.
//   padded: steps of a sequence with the zeros before and behind it;  steps: windows, padded - size + 1
#include "columns.h"
#include "lanes.h"
#include "operands.h"
#include "products.h"

/** output [batch, padded, features]: x [batch, time, features] from step `before` on; zeros around and where masked. */
static void padSequences(char *memory, integer thread, integer threads, const void *operands) {
  const PadSequencesOperands *o = operands;
  const float *x = at(float, memory, o->x);
  const uint8_t *mask = at(uint8_t, memory, o->mask);
  float *output = at(float, memory, o->output);
  integer time = o->time, features = o->features, padded = o->padded;
  size_t size = sizeof(float) * features;
  integer end = partStart(o->batch * padded, thread + 1, threads, 1);
  for (integer step = partStart(o->batch * padded, thread, threads, 1); step < end; step++) {
    integer t = step % padded - o->before;
    size_t from = (size_t)(step / padded) * time + t;
    float *target = output + (size_t)step * features;
    if (t < 0 || t >= time || (mask && !mask[from])) memset(target, 0, size);
    else memcpy(target, x + from * features, size);
  }
}

/** result [count] = values [count] where signs [count] is positive, else 0; all three may be one. */
static void keepPositive(const float *values, const float *signs, integer count, float *result) {
  // NaN is kept: a training that has gone wrong must show.
  eachFrom(0, count) {
    put(result + i, choose(take(signs + i, width) <= splat(0), splat(0), take(values + i, width)), width);
  }
}

/** Bytes of scratch memory for each thread. */
static double convolutionScratchBytes(const integer *sizes) {
  integer size = sizes[0], features = sizes[1], filters = sizes[2];
  return 4.0 * (blockFloats + packedSize(size * features, filters));
}

/** output = windows of x times kernel + bias, and its positive part where `relu`. Threads share the windows. */
static void convolveForward(char *memory, integer thread, integer threads, const void *operands) {
  const ConvolveForwardOperands *o = operands;
  const float *x = at(float, memory, o->x), *kernel = at(float, memory, o->kernel), *bias = at(float, memory, o->bias);
  integer features = o->features, filters = o->filters, depth = o->size * features;
  integer steps = o->padded - o->size + 1;
  integer end = partStart(o->batch * steps, thread + 1, threads, 1);
  integer window = partStart(o->batch * steps, thread, threads, 1);
  if (window >= end) return;
  float *block = at(float, memory, o->scratch + (address)thread * o->scratchBytes);
  float *packed = block + blockFloats;
  packB(kernel, filters, 1, depth, filters, packed);
  for (integer count; window < end; window += count) {
    integer row = window / steps;
    count = smaller(end, (row + 1) * steps) - window;
    const float *first = x + ((size_t)row * o->padded + window % steps) * features;
    float *target = at(float, memory, o->output) + (size_t)window * filters;
    multiplyPacked(count, filters, depth, first, features, 0, 0, packed, target, filters, 0, block);
    if (bias) {
      for (integer i = 0; i < count; i++) addRow(target + (size_t)i * filters, bias, filters);
    }
    if (o->relu) keepPositive(target, target, count * filters, target);
  }
}

/** result [count] = gradient [count] where output [count] is positive, else 0: the way back through a relu. */
static void reluGradient(char *memory, integer thread, integer threads, const void *operands) {
  const ReluGradientOperands *o = operands;
  integer start = partStart(o->count, thread, threads, 4);
  const float *gradient = at(float, memory, o->gradient), *output = at(float, memory, o->output);
  float *result = at(float, memory, o->result);
  keepPositive(gradient + start, output + start, partStart(o->count, thread + 1, threads, 4) - start, result + start);
}

/** Bytes of scratch memory for each thread. */
static double convolutionKernelScratchBytes(const integer *sizes) {
  integer filters = sizes[0];
  return 4.0 * (blockFloats + productPieceFloats(filters));
}

/** The gradients by kernel [size, features, filters] and bias [filters]. Threads share the rows of the kernel. */
static void convolveKernelGradient(char *memory, integer thread, integer threads, const void *operands) {
  const ConvolveKernelGradientOperands *o = operands;
  const float *x = at(float, memory, o->x), *gradient = at(float, memory, o->gradient);
  float *biasGradient = at(float, memory, o->biasGradient);
  integer features = o->features, filters = o->filters, steps = o->padded - o->size + 1;
  float *block = at(float, memory, o->scratch + (address)thread * o->scratchBytes);
  float *piece = block + blockFloats;
  integer first = partStart(o->size * features, thread, threads, 4);
  integer count = partStart(o->size * features, thread + 1, threads, 4) - first;
  float *target = at(float, memory, o->kernelGradient) + (size_t)first * filters;
  memset(target, 0, sizeof(float) * count * filters);
  for (integer row = 0; row < o->batch && count > 0; row++) {
    const float *windows = x + (size_t)row * o->padded * features + first;
    const float *here = gradient + (size_t)row * steps * filters;
    addProducts(steps, count, windows, features, 0, filters, here, filters, 0, 0, 0, target, filters, piece, block);
  }
  if (biasGradient) sumColumns(thread, threads, gradient, o->batch * steps, filters, biasGradient);
}

/** Bytes of scratch memory for each thread: the kernel turned round, and the gradient of one padded sequence. */
static double convolutionInputScratchBytes(const integer *sizes) {
  integer size = sizes[0], features = sizes[1], filters = sizes[2], padded = sizes[3];
  return 4.0 * (blockFloats + size * packedSize(filters, features) + (size_t)padded * features);
}

/** The gradient by x [batch, time, features], before padding; zero at masked steps. Threads share the rows. */
static void convolveInputGradient(char *memory, integer thread, integer threads, const void *operands) {
  const ConvolveInputGradientOperands *o = operands;
  const float *gradient = at(float, memory, o->gradient), *kernel = at(float, memory, o->kernel);
  const uint8_t *mask = at(uint8_t, memory, o->mask);
  integer time = o->time, padded = o->padded, features = o->features, filters = o->filters, size = o->size;
  integer end = partStart(o->batch, thread + 1, threads, 1);
  integer row = partStart(o->batch, thread, threads, 1);
  if (row >= end) return;
  integer steps = padded - size + 1;
  float *block = at(float, memory, o->scratch + (address)thread * o->scratchBytes);
  float *packed = block + blockFloats;
  size_t packedFloats = packedSize(filters, features);
  float *sequence = packed + size * packedFloats;
  for (integer k = 0; k < size; k++) {
    packB(kernel + (size_t)k * features * filters, 1, filters, filters, features, packed + k * packedFloats);
  }
  for (; row < end; row++) {
    const float *here = gradient + (size_t)row * steps * filters;
    memset(sequence, 0, sizeof(float) * padded * features);
    for (integer k = 0; k < size; k++) {
      multiplyPacked(steps, features, filters, here, filters, 0, 0, packed + k * packedFloats,
                     sequence + (size_t)k * features, features, 1, block);
    }
    float *to = at(float, memory, o->result) + (size_t)row * time * features;
    memcpy(to, sequence + (size_t)o->before * features, sizeof(float) * time * features);
    for (integer t = 0; t < time && mask; t++) {
      if (!mask[(size_t)row * time + t]) memset(to + (size_t)t * features, 0, sizeof(float) * features);
    }
  }
}
