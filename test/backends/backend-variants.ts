import { type BackendName, type BackendOptions, useBackend } from '../../src/backends/use-backend.js';

/** Every way in which the shared suites compute: TF.js' own kernels as the oracle, and both builds of ours. */
export const backendVariants: { title: string; name: BackendName; options?: BackendOptions }[] = [
  { title: 'cpu', name: 'cpu' },
  { title: 'wasm, relaxed SIMD, 1 thread', name: 'wasm', options: { threads: 1, simd: 'relaxed-simd' } },
  { title: 'wasm, relaxed SIMD, 3 threads', name: 'wasm', options: { threads: 3, simd: 'relaxed-simd' } },
  { title: 'wasm, plain SIMD, 1 thread', name: 'wasm', options: { threads: 1, simd: 'simd' } },
  { title: 'wasm, plain SIMD, 4 threads', name: 'wasm', options: { threads: 4, simd: 'simd' } },
];

export async function useVariant(variant: (typeof backendVariants)[number]): Promise<void> {
  await useBackend(variant.name, variant.options);
}
