import { findNative } from '../../src/backends/native/find-native.js';
import { type BackendName, type BackendOptions, useBackend } from '../../src/backends/use-backend.js';

interface BackendVariant {
  title: string;
  name: BackendName;
  options?: BackendOptions;
}

/** Set by `npm run test:gpu`: the GPU takes the place of all that computes on the CPU but the oracle. */
const onGpu = process.env.IMDB_RNN_TEST_GPU === '1';

/** Whether `imdb-rnn native install` was run on this machine, or tfjs-node is there. */
export const nativeIsInstalled = !onGpu && (await findNative('cpu')) !== undefined;

/**
 * Every way in which the shared suites compute on a CPU: TF.js' own kernels as the oracle, both builds of ours, and TensorFlow where
 * it is installed (test/backends/native/installed.test.ts says where it is not).
 */
const onCpu: BackendVariant[] = [
  { title: 'cpu', name: 'cpu' },
  { title: 'wasm, relaxed SIMD, 1 thread', name: 'wasm', options: { threads: 1, simd: 'relaxed-simd' } },
  { title: 'wasm, relaxed SIMD, 3 threads', name: 'wasm', options: { threads: 3, simd: 'relaxed-simd' } },
  { title: 'wasm, plain SIMD, 1 thread', name: 'wasm', options: { threads: 1, simd: 'simd' } },
  { title: 'wasm, plain SIMD, 4 threads', name: 'wasm', options: { threads: 4, simd: 'simd' } },
  ...(nativeIsInstalled ? [{ title: 'tensorflow', name: 'tensorflow' } as const] : []),
];

export const backendVariants: BackendVariant[] = onGpu
  ? [
      { title: 'cpu', name: 'cpu' },
      { title: 'cuda', name: 'cuda' },
    ]
  : onCpu;

export async function useVariant(variant: BackendVariant): Promise<void> {
  await useBackend(variant.name, variant.options);
}
