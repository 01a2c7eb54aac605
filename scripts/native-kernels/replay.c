// Computes recorded calls of kernels (test/backends/wasm/same-bits/record-calls.ts) again, with every set of instructions
// that the processor has, and compares what is then in memory with what the WebAssembly kernels left there. It needs no
// Node.js, so that it can be compiled with sanitizers and run by an emulator.
//
//   replay FILE [set of instructions]
//
// A call of several threads is computed by all of them at once, and twice by one after another, in both orders: a thread
// that counts on what another one has done is right in one of them at most.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include "processor.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER
void __asan_poison_memory_region(void const volatile *start, size_t size);
void __asan_unpoison_memory_region(void const volatile *start, size_t size);
#endif
#if __has_feature(thread_sanitizer)
#define THREAD_SANITIZER
#endif
#endif

/** As numbered in record-calls.ts. */
enum { exact, floats, doubles, scratch };

typedef struct {
  char kernel[32];
  uint32_t round, threads, start, end;
  /** Whether threads write the same numbers to the same place, which no sanitizer can tell from a race. */
  uint32_t writesTwice;
  /** Which of the words of the operands is `scratchBytes`; -1 where none is. */
  integer scratchBytesAt;
  uint32_t words, blocks;
} CallHeader;

typedef struct {
  address where;
  uint32_t bytes, type;
  /** Of scratch memory: the function that tells how much of it a thread needs. */
  char need[32];
  integer sizes[5];
} BlockHeader;

typedef struct {
  BlockHeader header;
  const uint8_t *before, *after;
} Block;

#define mostBlocks 32
#define mostThreads 8
/** Bytes around each block that nobody may touch, and what they hold. */
#define guardBytes 64
#define untouched 0x5a

typedef struct {
  CallHeader header;
  const uint32_t *words;
  Block blocks[mostBlocks];
} Call;

typedef struct {
  const Kernel *kernel;
  char *memory;
  integer thread, threads;
  const void *operands;
} Part;

/** Memory in which calls are computed. */
static char *memory;
static size_t memoryBytes;

static void fail(const char *problem) {
  fprintf(stderr, "replay: %s\n", problem);
  exit(2);
}

static void setAllowed(uint32_t start, size_t size, int allowed) {
#ifdef ADDRESS_SANITIZER
  if (allowed) __asan_unpoison_memory_region(memory + start, size);
  else __asan_poison_memory_region(memory + start, size);
#else
  (void)start, (void)size, (void)allowed;
#endif
}

static void *take(const uint8_t **place, size_t size) {
  const uint8_t *start = *place;
  *place += (size + 3) & ~(size_t)3;
  return (void *)start;
}

/** The next call of the file. */
static Call readCall(const uint8_t **place) {
  Call call = {.header = *(CallHeader *)take(place, sizeof(CallHeader))};
  if (call.header.blocks > mostBlocks || call.header.threads > mostThreads) fail("the file is of another form");
  call.words = take(place, 4 * (size_t)call.header.words);
  for (uint32_t i = 0; i < call.header.blocks; i++) {
    Block *block = &call.blocks[i];
    block->header = *(BlockHeader *)take(place, sizeof(BlockHeader));
    if (block->header.type == scratch) continue;
    block->before = take(place, block->header.bytes);
    block->after = take(place, block->header.bytes);
  }
  return call;
}

/** Makes room for the addresses of a call. */
static void makeRoom(const Call *call) {
  if (call->header.end <= memoryBytes) return;
  setAllowed(0, memoryBytes, 1);
  free(memory);
  memoryBytes = (2 * (size_t)call->header.end + 63) & ~(size_t)63;
  memory = aligned_alloc(64, memoryBytes);
  if (memory == NULL) fail("there is not enough memory");
  setAllowed(0, memoryBytes, 0);
}

/** Scratch memory becomes as large as this set needs, which may be less than what was recorded. */
static void fitScratch(Call *call, const KernelSet *set, uint32_t *words) {
  for (uint32_t i = 0; i < call->header.blocks; i++) {
    BlockHeader *block = &call->blocks[i].header;
    for (size_t k = 0; k < set->needCount; k++) {
      if (block->type != scratch || strcmp(set->needs[k].name, block->need) != 0) continue;
      uint32_t bytes = (uint32_t)set->needs[k].bytes(block->sizes);
      if (bytes * call->header.threads > block->bytes) fail("a kernel needs more memory than was recorded");
      block->bytes = bytes * call->header.threads;
      words[call->header.scratchBytesAt] = bytes;
    }
  }
}

static void *runPart(void *part) {
  const Part *p = part;
  p->kernel->run(p->memory, p->thread, p->threads, p->operands);
  return NULL;
}

enum { together, forward, backward, orders };

static void compute(Part *parts, integer threads, int order) {
  pthread_t others[mostThreads];
  for (integer i = 0; i < threads; i++) {
    if (order == forward) runPart(&parts[i]);
    else if (order == backward) runPart(&parts[threads - 1 - i]);
    else if (i > 0 && pthread_create(&others[i], NULL, runPart, &parts[i])) fail("a thread cannot be started");
  }
  if (order != together) return;
  runPart(&parts[0]);
  for (integer i = 1; i < threads; i++) pthread_join(others[i], NULL);
}

/** Whether these are bytes of a NaN; each is as good as another. */
static int isNaN(const uint8_t *bytes, size_t unit) {
  float single = 0;
  double twofold = 0;
  memcpy(unit == 4 ? (void *)&single : (void *)&twofold, bytes, unit);
  return single != single || twofold != twofold;
}

/** The first place at which a block differs from what it should hold; -1 where none does. */
static long firstDifference(const Block *block) {
  const uint8_t *actual = (const uint8_t *)memory + block->header.where;
  uint32_t type = block->header.type;
  size_t unit = type == floats ? 4 : type == doubles ? 8 : 1;
  for (size_t i = 0; i < block->header.bytes && type != scratch; i += unit) {
    const uint8_t *a = actual + i, *b = block->after + i;
    if (memcmp(a, b, unit) != 0 && !(type != exact && isNaN(a, unit) && isNaN(b, unit))) return (long)i;
  }
  return -1;
}

static int guardsAreWhole(const BlockHeader *block) {
  const uint8_t *start = (const uint8_t *)memory + block->where;
  for (int i = 1; i <= guardBytes; i++) {
    if (start[-i] != untouched || start[block->bytes + i - 1] != untouched) return 0;
  }
  return 1;
}

static const char *orderNames[] = {"all threads at once", "one thread after another", "the last thread first"};

/** @returns whether the memory is then as it should be */
static int runCall(Call call, const KernelSet *set, const Kernel *kernel, int order) {
  uint32_t words[64];
  Part parts[mostThreads];
  if (call.header.words > 64) fail("the file is of another form");
  memcpy(words, call.words, 4 * call.header.words);
  fitScratch(&call, set, words);
  makeRoom(&call);
  for (uint32_t i = 0; i < call.header.blocks; i++) {
    const BlockHeader *block = &call.blocks[i].header;
    setAllowed(block->where - guardBytes, block->bytes + 2 * guardBytes, 1);
    memset(memory + block->where - guardBytes, untouched, block->bytes + 2 * guardBytes);
    if (block->type != scratch) memcpy(memory + block->where, call.blocks[i].before, block->bytes);
  }
  for (uint32_t i = 0; i < call.header.blocks; i++) {
    const BlockHeader *block = &call.blocks[i].header;
    setAllowed(block->where - guardBytes, guardBytes, 0);
    setAllowed(block->where + block->bytes, guardBytes, 0);
  }
  integer threads = (integer)call.header.threads;
  for (integer i = 0; i < threads; i++) parts[i] = (Part){kernel, memory, i, threads, words};
  compute(parts, threads, order);
  int isSame = 1;
  for (uint32_t i = 0; i < call.header.blocks; i++) {
    const BlockHeader *block = &call.blocks[i].header;
    long difference = firstDifference(&call.blocks[i]);
    setAllowed(block->where - guardBytes, block->bytes + 2 * guardBytes, 1);
    if (difference >= 0 || !guardsAreWhole(block)) {
      isSame = 0;
      printf("%s, %s, round %u, %d threads (%s): the block at %u ", set->instructions, call.header.kernel,
             call.header.round, threads, orderNames[order], block->where);
      if (difference >= 0) printf("differs from byte %ld of %u on\n", difference, block->bytes);
      else printf("of %u bytes was left\n", block->bytes);
    }
    setAllowed(block->where - guardBytes, block->bytes + 2 * guardBytes, 0);
  }
  return isSame;
}

static const Kernel *findKernel(const KernelSet *set, const char *name) {
  for (size_t i = 0; i < set->kernelCount; i++) {
    if (strcmp(set->kernels[i].name, name) == 0) return &set->kernels[i];
  }
  return NULL;
}

/** @returns how many calls differ */
static int replay(const KernelSet *set, const uint8_t *file, size_t size) {
  int calls = 0, missing = 0, different = 0;
  for (const uint8_t *place = file; place < file + size;) {
    Call call = readCall(&place);
    const Kernel *kernel = findKernel(set, call.header.kernel);
    if (kernel == NULL) {
      missing++;
      continue;
    }
    int isSame = 1;
    for (int order = 0; order < (call.header.threads > 1 ? orders : 1); order++) {
#ifdef THREAD_SANITIZER
      if (order == together && call.header.writesTwice && call.header.threads > 1) continue;
#endif
      isSame &= runCall(call, set, kernel, order);
    }
    calls++;
    different += !isSame;
  }
  printf("%s: %d calls, %d differ", set->instructions, calls, different);
  if (missing > 0) printf("; %d calls of kernels that it does not have", missing);
  printf("\n");
  return different;
}

#if defined(__x86_64__)
/** With vectors of 128 bits, as on ARM, so that sanitizers see that form, too; it needs the fused multiply-add of AVX2. */
extern const KernelSet generic;
#endif

static size_t setsHere(const KernelSet *sets[3]) {
  size_t count = usableSets(sets);
#if defined(__x86_64__)
  if (count > 0) sets[count++] = &generic;
#endif
  return count;
}

static uint8_t *readFile(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) fail("the file cannot be opened");
  *size = (size_t)ftell(file);
  rewind(file);
  uint8_t *content = malloc(*size);
  if (content == NULL || fread(content, 1, *size, file) != *size) fail("the file cannot be read");
  fclose(file);
  return content;
}

int main(int count, char **parameters) {
  const KernelSet *sets[3];
  size_t size, setCount = setsHere(sets);
  int different = 0;
  if (count < 2) fail("it takes the file of calls");
  uint8_t *file = readFile(parameters[1], &size);
  if (setCount == 0) printf("This processor has none of the sets of instructions\n");
  for (size_t i = 0; i < setCount; i++) {
    if (count > 2 && strcmp(parameters[2], sets[i]->instructions) != 0) continue;
    different += replay(sets[i], file, size);
  }
  setAllowed(0, memoryBytes, 1);
  free(memory);
  free(file);
  return different > 0;
}
