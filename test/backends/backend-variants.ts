import type { BackendName } from '../../src/backends/backend-names.js';
import { findNative } from '../../src/backends/native/find-native.js';
import { type BackendOptions, useBackend } from '../../src/backends/use-backend.js';
import { findNativeKernels } from '../../src/backends/wasm/native-kernels.js';
import { joiningNodes, nodeMajor } from '../../src/backends/wasm/vector-bits.js';

export interface BackendVariant {
  title: string;
  name: BackendName;
  options?: BackendOptions;
}

/** Set by `npm run test:gpu`: the GPU takes the place of all that computes on the CPU but the oracle. */
const onGpu = process.env.IMDB_RNN_TEST_GPU === '1';

/** Whether `imdb-rnn native install` was run on this machine, or tfjs-node is there. */
export const nativeIsInstalled = !onGpu && (await findNative('cpu')) !== undefined;

const wasm = (build: string, options: BackendOptions): BackendVariant => {
  const { threads, vectorBits } = options;
  return { title: `wasm, ${vectorBits}-bit ${build}, threads: ${threads}`, name: 'wasm', options };
};
/** The native kernels (test/backends/wasm/native-kernels.test.ts says where they have none). */
const found = findNativeKernels();
const sets = 'addon' in found ? found.addon.sets : [];
// One set, on one Node: what another set or Node could do otherwise is seen by the bits of each kernel (wasm/same-bits.test.ts).
const tried = nodeMajor < joiningNodes.first ? sets.slice(0, 1) : [];
const compiled = tried.map((instructions): BackendVariant => {
  const options = { threads: 2, instructions };
  return { title: `compiled, ${instructions}, threads: ${options.threads}`, name: 'compiled', options };
});

const own: BackendVariant[] = [
  { title: 'cpu', name: 'cpu' },
  wasm('relaxed SIMD', { threads: 1, simd: 'relaxed-simd', vectorBits: 256 }),
  wasm('relaxed SIMD', { threads: 3, simd: 'relaxed-simd', vectorBits: 128 }),
  wasm('plain SIMD', { threads: 1, simd: 'simd', vectorBits: 128 }),
  wasm('plain SIMD', { threads: 4, simd: 'simd', vectorBits: 256 }),
  ...compiled,
];
const onCpu: BackendVariant[] = [
  ...own,
  ...(nativeIsInstalled ? [{ title: 'tensorflow', name: 'tensorflow' } as const] : []),
];

/**
 * Every way in which the shared suites compute: TF.js' own kernels as the oracle, both builds and forms of ours, and TensorFlow where
 * it is installed (test/backends/native/installed.test.ts says where it is not).
 */
export const backendVariants: BackendVariant[] = onGpu
  ? [
      { title: 'cpu', name: 'cpu' },
      { title: 'cuda', name: 'cuda' },
    ]
  : onCpu;

/**
 * Those without TensorFlow, for tests of single operations (TF.js' own suite tests TensorFlow's) and of what TensorFlow does
 * not promise: the same bits for a row whatever is beside it.
 */
export const ownVariants: BackendVariant[] = onGpu ? [] : own;

/** Whether it computes with our own kernels, in whatever form. */
export const hasOurKernels = ({ name }: BackendVariant): boolean => name === 'wasm' || name === 'compiled';

export async function useVariant(variant: BackendVariant): Promise<void> {
  await useBackend(variant.name, variant.options);
}
