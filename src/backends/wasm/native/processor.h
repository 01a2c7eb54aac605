// Which sets of instructions this processor and its operating system have, the fastest first.
#pragma once
#include "kernels.h"

#if defined(__x86_64__)
#include <cpuid.h>

extern const KernelSet avx512, avx2;

/** The bits of x86-64-v3, and of v4 beyond it; Intel's manual, volume 2A, CPUID. */
enum {
  leaf1 = 1 << 12 /* fma */ | 1 << 22 /* movbe */ | 1 << 27 /* osxsave */ | 1 << 28 /* avx */ | 1 << 29 /* f16c */,
  leaf7 = 1 << 3 /* bmi1 */ | 1 << 5 /* avx2 */ | 1 << 8 /* bmi2 */,
};
static const unsigned leaf7Wide = 1u << 16 /* f */ | 1u << 17 /* dq */ | 1u << 28 /* cd */ | 1u << 30 /* bw */ | 1u << 31 /* vl */;

/** Registers that the operating system keeps for each thread. */
static unsigned keptRegisters(void) {
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

static size_t usableSets(const KernelSet *sets[2]) {
  unsigned a, b, c, d;
  size_t count = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d) || (c & leaf1) != leaf1 || (keptRegisters() & 0x6) != 0x6) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (b & leaf7) != leaf7) return 0;
  // lzcnt, the last of v3, is told elsewhere.
  unsigned extended[4];
  if (!__get_cpuid(0x80000001, &extended[0], &extended[1], &extended[2], &extended[3]) || !(extended[2] & 1 << 5)) {
    return 0;
  }
  if ((b & leaf7Wide) == leaf7Wide && (keptRegisters() & 0xe6) == 0xe6) sets[count++] = &avx512;
  sets[count++] = &avx2;
  return count;
}
#else
extern const KernelSet neon;

/** Every 64-bit ARM processor has them. */
static size_t usableSets(const KernelSet *sets[2]) {
  sets[0] = &neon;
  return 1;
}
#endif
