// What every kernel is made of. The kernels are those of ../kernels, in C: the same operands, the same memory, the same
// order of every sum, and so the same bits as the relaxed-SIMD build of those. They are compiled once for each set of
// instructions (kernels.c), as one unit, so that all of this is inlined.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** Where something lies in the shared WebAssembly memory; 0 stands for something that is not there. */
typedef uint32_t address;

typedef int32_t integer;

#define inlined static inline __attribute__((always_inline))

/** What lies at an address; null where that is 0. `memory` is where the WebAssembly memory begins. */
#define at(type, memory, where) ((where) ? (type *)((memory) + (where)) : (type *)0)

inlined integer smaller(integer a, integer b) { return a < b ? a : b; }

/** This thread's part of [0, count), in multiples of `unit`: the start of part `thread`. */
inlined integer partStart(integer count, integer thread, integer threads, integer unit) {
  integer units = (count + unit - 1) / unit;
  return smaller(count, units * thread / threads * unit);
}
