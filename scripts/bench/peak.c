/* How many floating-point operations this processor does at most: fused multiply-adds on registers alone, no memory.
 *
 *   peak THREADS
 *
 * Prints one line of JSON, {"instructions", "threads", "gflops"}: the best of many short rounds, in each of which all threads
 * begin and end together. Compiled for the processor it runs on (-mcpu=native), with -ffp-contract=fast: measure-peak.mjs.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Chains: as many sums as keep every unit busy while one waits for its result, and still fit into the registers. */
#if defined(__AVX512F__)
#define INSTRUCTIONS "AVX-512"
enum { bytes = 64, chains = 24 };
#elif defined(__AVX2__) && defined(__FMA__)
#define INSTRUCTIONS "AVX2"
enum { bytes = 32, chains = 12 };
#elif defined(__ARM_NEON)
#define INSTRUCTIONS "NEON"
enum { bytes = 16, chains = 24 };
#else
#define INSTRUCTIONS "128-bit vectors"
enum { bytes = 16, chains = 12 };
#endif

typedef float vector __attribute__((vector_size(bytes)));
enum { lanes = bytes / sizeof(float), mostThreads = 1024, rounds = 50, steps = 1500000 };

/* Values that the compiler does not know, and under which every chain stays near 2: no infinities, no denormal numbers. */
static volatile float factor = 0.5f, term = 1.0f;
static volatile float sink;

static void *multiplyAndAdd(void *unused) {
  const vector scale = (vector){} + factor, offset = (vector){} + term;
  vector sums[chains];
  for (int chain = 0; chain < chains; chain += 1) sums[chain] = (vector){} + (float)chain;
  for (int step = 0; step < steps; step += 1) {
#pragma clang loop unroll(full)
    for (int chain = 0; chain < chains; chain += 1) sums[chain] = sums[chain] * scale + offset;
  }
  vector total = {};
  for (int chain = 0; chain < chains; chain += 1) total += sums[chain];
  sink = total[0];
  return unused;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* The seconds that all threads take together; negative where one cannot be started. */
static double timeRound(int threads) {
  static pthread_t others[mostThreads];
  const double start = now();
  for (int thread = 1; thread < threads; thread += 1) {
    if (pthread_create(&others[thread], NULL, multiplyAndAdd, NULL) != 0) return -1;
  }
  multiplyAndAdd(NULL);
  for (int thread = 1; thread < threads; thread += 1) pthread_join(others[thread], NULL);
  return now() - start;
}

int main(int count, char **parameters) {
  const int threads = count > 1 ? atoi(parameters[1]) : 1;
  if (threads < 1 || threads > mostThreads) {
    fprintf(stderr, "peak: give a number of threads from 1 to %d\n", mostThreads);
    return 2;
  }
  double best = 0;
  /* The first rounds bring the processor to its speed. */
  for (int round = 0; round < rounds; round += 1) {
    const double seconds = timeRound(threads);
    if (seconds < 0) {
      fprintf(stderr, "peak: %d threads cannot be started\n", threads);
      return 1;
    }
    const double gflops = 2e-9 * lanes * chains * (double)steps * threads / seconds;
    if (gflops > best) best = gflops;
  }
  printf("{\"instructions\":\"%s\",\"threads\":%d,\"gflops\":%.1f}\n", INSTRUCTIONS, threads, best);
  return 0;
}
