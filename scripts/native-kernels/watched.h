// Before the kernels where they are compiled for the thread sanitizer, which by itself sees no access of 256 bits.
#pragma once
#include "vector.h"

void __tsan_read_range(void *start, unsigned long size);
void __tsan_write_range(void *start, unsigned long size);

inlined const void *watchRead(const void *source) {
  __tsan_read_range((void *)source, sizeof(eight));
  return source;
}

inlined void *watchWrite(void *target) {
  __tsan_write_range(target, sizeof(eight));
  return target;
}

#undef loadEight
#undef storeEight
#define loadEight(source) (*(const eight *)watchRead(source))
#define storeEight(target, value) (*(eight *)watchWrite(target) = (value))
