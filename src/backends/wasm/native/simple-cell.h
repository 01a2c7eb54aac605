// One step of one row of a simple recurrent layer (Elman 1990; Keras' layers/rnn/simple_rnn.py), and one step back:
//   h' = f(x W + h U + b), f being tanh or relu      d(x W) = dh' f', where f' is 1 - h'^2, or 1 if h' > 0
#pragma once
#include "vector.h"

/** `input` is x W, `product` h U. */
static void simpleStep(const float *input, const float *product, const float *bias, float *state, integer relu,
                       integer stride) {
  for (integer i = 0; i < stride; i += 8) {
    eight sum = loadEight(input + i) + loadEight(bias + i) + loadEight(product + i);
    // NaN is kept, and of -0 becomes 0.
    storeEight(state + i, relu ? choose(sum <= splat(0), splat(0), sum) : hyperbolicTangent(sum));
  }
}

/** `state` is h'; dh' is `carry` + `stateGradient`. */
static void simpleGradient(const float *state, const float *carry, const float *stateGradient, float *inputGate,
                           integer relu, integer stride) {
  for (integer i = 0; i < stride; i += 8) {
    eight h = loadEight(state + i), dh = loadEight(carry + i) + loadEight(stateGradient + i);
    storeEight(inputGate + i, relu ? choose(h > splat(0), dh, splat(0)) : dh * (splat(1) - h * h));
  }
}
