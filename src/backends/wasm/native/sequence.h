// Packed sequences. A thread owns some rows of the batch, longest first, and walks them step by step; row j of the
// thread at step k has packed position `firstToken + (sum of counts before k) + j`. Masked positions are not there at
// all, so padding costs nothing and a row that has ended drops out. The plan is made by sequence-plan.ts:
// 14 words a thread, then the lists that they point to.
#pragma once
#include "rows.h"

/** What one thread works on. */
typedef struct {
  /** Rows of the batch that this thread owns; the first `counts[k]` of them still run at step k. */
  integer rows;
  integer steps;
  integer tokens;
  /** Packed position of this thread's first token. */
  integer firstToken;
  /** Rows of x that this thread multiplies: a word that comes twice is multiplied once. */
  integer inputs;
  /** How many of them the threads before this one have. */
  integer firstInput;
  /** [steps] */
  const integer *counts;
  /** [tokens]: position row * time + t in the unpacked sequence. */
  const integer *positions;
  /** [tokens]: packed position of the token one step before; unused at step 0. */
  const integer *previous;
  /** [inputs]: position of each row of x that this thread multiplies, and the row that its product gets. */
  const integer *inputPositions;
  const integer *inputRows;
  /** [tokens]: row of the product of each token's row of x. */
  const integer *inputNumbers;
  /** [rows]: row of the batch. */
  const integer *rowNumbers;
  /** [batch, time]: packed position of the state that stands at (row, t), or -1 where that is the initial state. */
  const integer *sources;
} ThreadPlan;

#define planWords 14

/** The words of a thread: six numbers, then the addresses of eight lists in the shared memory. */
inlined ThreadPlan planOf(const char *memory, address plans, integer thread) {
  const integer *words = at(const integer, memory, plans) + thread * planWords;
  const integer *lists[8];
  for (integer i = 0; i < 8; i++) lists[i] = (const integer *)(memory + (address)words[6 + i]);
  return (ThreadPlan){words[0], words[1], words[2], words[3], words[4], words[5], lists[0],
                      lists[1], lists[2], lists[3], lists[4], lists[5], lists[6], lists[7]};
}

/** Copies this thread's rows of `source` [batch, units] to [rows, stride], or zeros where there is no source. */
static void gatherRows(const ThreadPlan *plan, const float *source, integer units, float *target, integer stride) {
  memset(target, 0, sizeof(float) * plan->rows * stride);
  if (!source) return;
  for (integer row = 0; row < plan->rows; row++) {
    memcpy(target + (size_t)row * stride, source + (size_t)plan->rowNumbers[row] * units, sizeof(float) * units);
  }
}

/** The inverse: this thread's rows [rows, stride] to their places in `target` [batch, units]. */
static void scatterRows(const ThreadPlan *plan, const float *source, integer stride, float *target, integer units) {
  for (integer row = 0; row < plan->rows; row++) {
    memcpy(target + (size_t)plan->rowNumbers[row] * units, source + (size_t)row * stride, sizeof(float) * units);
  }
}

/** Writes output [batch, time, units]: the state at every position; a masked one repeats the state before it. */
static void unpackStates(const ThreadPlan *plan, const float *states, const float *initial, integer stride,
                         float *output, integer time, integer units) {
  for (integer row = 0; row < plan->rows; row++) {
    integer first = plan->rowNumbers[row] * time;
    for (integer position = first; position < first + time; position++) {
      integer source = plan->sources[position];
      const float *from = source < 0 ? initial + (size_t)row * stride : states + (size_t)source * stride;
      memcpy(output + (size_t)position * units, from, sizeof(float) * units);
    }
  }
}

/** The gradient of `unpackStates`: adds [batch, time, units] up at the states that it came from. */
static void packGradients(const ThreadPlan *plan, const float *gradients, integer time, integer units, float *states,
                          float *initial, integer stride) {
  for (integer row = 0; row < plan->rows; row++) {
    integer first = plan->rowNumbers[row] * time;
    for (integer position = first; position < first + time; position++) {
      integer source = plan->sources[position];
      float *to = source < 0 ? initial + (size_t)row * stride : states + (size_t)source * stride;
      addRow(to, gradients + (size_t)position * units, units);
    }
  }
}

/** Copies packed rows [tokens, units] to their positions in [batch, time, units], and zeros to masked positions. */
static void unpackInputs(const ThreadPlan *plan, const float *packed, float *target, integer time, integer units) {
  for (integer row = 0; row < plan->rows; row++) {
    memset(target + (size_t)plan->rowNumbers[row] * time * units, 0, sizeof(float) * time * units);
  }
  for (integer token = 0; token < plan->tokens; token++) {
    memcpy(target + (size_t)plan->positions[token] * units, packed + (size_t)token * units, sizeof(float) * units);
  }
}
