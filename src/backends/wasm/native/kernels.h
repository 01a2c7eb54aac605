// What the addon sees of the kernels of one set of instructions.
#pragma once
#include "base.h"

typedef struct {
  const char *name;
  /** Every thread calls it at once with its number; the operands are a struct of operands.h. */
  void (*run)(char *memory, integer thread, integer threads, const void *operands);
} Kernel;

typedef struct {
  const char *name;
  integer parameters;
  /** How many bytes a kernel needs, from sizes in the order of the WebAssembly export of this name. */
  double (*bytes)(const integer *sizes);
} Need;

typedef struct {
  const char *instructions;
  const Kernel *kernels;
  size_t kernelCount;
  const Need *needs;
  size_t needCount;
} KernelSet;
