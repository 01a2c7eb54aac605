import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/fast-check-seed.ts'],
    include: ['test/**/*.test.ts'],
    // By itself Vitest leaves one core alone, which on a machine of two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What tests say of the chosen backend holds whether native kernels were built here or not; those are asked for by name.
    env: { IMDB_RNN_KERNELS: process.env.IMDB_RNN_KERNELS ?? 'wasm' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
