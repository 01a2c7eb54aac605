// One step of one row of an LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000; Keras'
// layers/rnn/lstm.py), and one step back:
//   i = sigmoid(...), f = sigmoid(...), g = tanh(...), o = sigmoid(...)    of x W + h U + b
//   c' = f * c + i * g                h' = o * tanh(c')
//   do = dh tanh(c') o (1 - o)        dc' = dc from later steps + dh o (1 - tanh(c')^2)
//   di = dc' g i (1 - i)   df = dc' c f (1 - f)   dg = dc' i (1 - g^2)   dc = dc' f
// Gates of a row lie side by side in the order i, f, g, o, each `stride` floats.
#pragma once
#include "vector.h"

/** x W + b + h U */
inlined eight sumOfThree(const float *input, const float *bias, const float *product) {
  return loadEight(input) + loadEight(bias) + loadEight(product);
}

/**
 * `input` is x W; `product` is h U, and receives the gates; `cell` is c, in and out. `gate` and `kept` receive the
 * gates and c'; null where nothing is kept.
 */
static void lstmStep(const float *input, float *product, const float *bias, float *cell, float *state, float *gate,
                     float *kept, integer stride) {
  integer f = stride, g = 2 * stride, o = 3 * stride;
  float *gates = kept ? gate : product;
  for (integer i = 0; i < g; i += 8) storeEight(gates + i, sigmoid(sumOfThree(input + i, bias + i, product + i)));
  for (integer i = g; i < o; i += 8) {
    storeEight(gates + i, hyperbolicTangent(sumOfThree(input + i, bias + i, product + i)));
  }
  for (integer i = 0; i < stride; i += 8) {
    eight output = sigmoid(sumOfThree(input + o + i, bias + o + i, product + o + i));
    eight old = loadEight(gates + f + i) * loadEight(cell + i);
    eight c = multiplyAdd(old, loadEight(gates + i), loadEight(gates + g + i));
    storeEight(cell + i, c);
    storeEight(state + i, output * hyperbolicTangent(c));
    if (kept) {
      storeEight(gate + o + i, output);
      storeEight(kept + i, c);
    }
  }
}

/** c' anew, from what a step has kept, to the bits that `lstmStep` made of it. */
static void lstmCellState(const float *gate, const float *previousCell, float *target, integer stride) {
  integer f = stride, g = 2 * stride;
  for (integer i = 0; i < stride; i += 8) {
    eight old = loadEight(gate + f + i) * loadEight(previousCell + i);
    storeEight(target + i, multiplyAdd(old, loadEight(gate + i), loadEight(gate + g + i)));
  }
}

/** x y f (1 - y): the gradient before a sigmoid whose value is y, `xy` being x y. */
inlined eight beforeSigmoid(eight xy, eight factor, eight y) { return xy * factor * (splat(1) - y); }

/** 1 - y^2: the slope of a tanh whose value is y. */
inlined eight slopeOfTangent(eight y) { return splat(1) - y * y; }

/**
 * `cell` is c', `previousCell` c; dh is `carry` + `stateGradient`; `cellCarry` holds what later steps pass on to c',
 * and receives what this one passes on to c.
 */
static void lstmGradient(const float *gate, const float *cell, const float *previousCell, const float *carry,
                         float *cellCarry, const float *stateGradient, float *inputGate, integer stride) {
  integer f = stride, g = 2 * stride, o = 3 * stride;
  for (integer i = 0; i < stride; i += 8) {
    // tanh anew, from the same c' to the same bits: keeping it would cost as much time, and memory.
    eight tangent = hyperbolicTangent(loadEight(cell + i)), output = loadEight(gate + o + i);
    eight dho = (loadEight(carry + i) + loadEight(stateGradient + i)) * output;
    eight dc = multiplyAdd(loadEight(cellCarry + i), dho, slopeOfTangent(tangent));
    eight in = loadEight(gate + i), forget = loadEight(gate + f + i), made = loadEight(gate + g + i);
    eight dci = dc * in, dcf = dc * forget;
    storeEight(inputGate + o + i, beforeSigmoid(dho, tangent, output));
    storeEight(cellCarry + i, dcf);
    storeEight(inputGate + i, beforeSigmoid(dci, made, in));
    storeEight(inputGate + f + i, beforeSigmoid(dcf, loadEight(previousCell + i), forget));
    storeEight(inputGate + g + i, dci * slopeOfTangent(made));
  }
}
