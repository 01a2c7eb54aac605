// dx = dGates W^T, the last part of the backward pass of a recurrent layer. Operands: see kernels/input-gradient.ts.
#include "gates.h"
#include "operands.h"
#include "sequence.h"

/** Bytes of scratch memory that a thread needs. */
static double inputGradientScratchBytes(const integer *sizes) {
  integer gates = sizes[0], features = sizes[1], units = sizes[2];
  return 4.0 * (blockFloats + packedSize(gates * gateStride(units), features));
}

static void inputGradient(char *memory, integer thread, integer threads, const void *operands) {
  const InputGradientOperands *o = operands;
  (void)threads;
  const ThreadPlan plan = planOf(memory, o->plans, thread);
  integer features = o->features, columns = o->gates * gateStride(o->units);
  float *block = at(float, memory, o->scratch + (address)thread * o->scratchBytes);
  float *weights = block + blockFloats;
  float *gradient = at(float, memory, o->gradient);
  // Sums by row of x belong to no single position.
  integer rows = gradient ? plan.tokens : plan.inputs;
  size_t first = gradient ? plan.firstToken : plan.firstInput;
  packTransposedWeights(at(float, memory, o->kernel), features, o->gates, 0, o->gates, o->units, weights);
  float *target = at(float, memory, o->packed) + first * features;
  const float *source = at(float, memory, o->gateGradients) + first * columns;
  multiplyPacked(rows, features, columns, source, columns, 0, 0, weights, target, features, 0, block);
  if (gradient) unpackInputs(&plan, target, gradient, o->time, features);
}
