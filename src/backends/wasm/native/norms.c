// Euclidean norms of gradients and of the columns of weights. Operands: see kernels/norms.ts.
#include "lanes.h"
#include "operands.h"

/** Floats that one sum is made of. */
#define sumFloats 4096

typedef double fourDoubles __attribute__((vector_size(32)));

/** In float64, in four lanes: those of the two pairs that WebAssembly sums apart. */
static double squaredNorm(const float *x, integer count) {
  fourDoubles sums = {0};
  integer i = 0;
  for (; i + 4 <= count; i += 4) {
    fourDoubles values = __builtin_convertvector(loadFour(x + i), fourDoubles);
    sums += values * values;
  }
  double sum = sums[0] + sums[2] + (sums[1] + sums[3]);
  for (; i < count; i++) sum += (double)x[i] * x[i];
  return sum;
}

/**
 * sums [blocks] of float64 = the sum of squares of each block of 4096 of the `count` floats. Threads share the blocks,
 * so that whoever adds up the sums gets the same bits on any number of threads.
 */
static void sumSquares(char *memory, integer thread, integer threads, const void *operands) {
  const SumSquaresOperands *o = operands;
  const float *x = at(float, memory, o->x);
  double *sums = at(double, memory, o->sums);
  integer blocks = (o->count + sumFloats - 1) / sumFloats;
  integer end = partStart(blocks, thread + 1, threads, 1);
  for (integer block = partStart(blocks, thread, threads, 1); block < end; block++) {
    integer start = block * sumFloats;
    sums[block] = squaredNorm(x + start, smaller(sumFloats, o->count - start));
  }
}

/** norms [count], in place, become what brings each down to `limit`, 1 for one not above. @returns is any above? */
static integer findFactors(float *norms, integer count, float limit) {
  integer isAbove = 0;
  for (integer i = 0; i < count; i++) {
    float norm = __builtin_elementwise_sqrt(norms[i]);
    if (norm > limit) isAbove = 1;
    norms[i] = norm > limit ? limit / norm : 1;
  }
  return isAbove;
}

/**
 * Scales each column of the weights [rows, columns] whose norm is above `limit` down to it, in place; the others keep
 * their bits. Threads share the columns.
 */
static void limitColumns(char *memory, integer thread, integer threads, const void *operands) {
  const LimitColumnsOperands *o = operands;
  integer columns = o->columns, rows = o->rows;
  integer first = partStart(columns, thread, threads, 16);
  integer count = partStart(columns, thread + 1, threads, 16) - first;
  if (count <= 0) return;
  float *weights = at(float, memory, o->weights) + first, *factors = at(float, memory, o->factors) + first;
  memset(factors, 0, sizeof *factors * count);
  for (integer row = 0; row < rows; row++) {
    const float *values = weights + (size_t)row * columns;
    eachFrom(0, count) {
      eight value = take(values + i, width);
      put(factors + i, take(factors + i, width) + value * value, width);
    }
  }
  if (!findFactors(factors, count, o->limit)) return;
  for (integer row = 0; row < rows; row++) {
    float *values = weights + (size_t)row * columns;
    multiplyRow(values, values, factors, count);
  }
}
