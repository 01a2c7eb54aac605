import { findBackend } from '@tensorflow/tfjs-core';
import { explainLackOfMemory } from '../errors/lack-of-memory.js';
import { UserError } from '../errors/user-error.js';
import type { Backend, BackendChoice, BackendOptions, ModelSettings } from './backend-choice.js';
import { type BackendName, backendNames } from './backend-names.js';
import { makeCurrent } from './make-current.js';
import { withoutCudnn } from './native/without-cudnn.js';
import { withoutZoneout } from './native/without-zoneout.js';
import { threadCount } from './thread-count.js';
import type { KernelForm } from './wasm/kernel-options.js';

export type { BackendChoice, BackendOptions } from './backend-choice.js';

/** Every value of `--backend`. What only one of them needs is imported when it is used. */
const backends: Record<BackendName, Backend> = {
  auto: { use: useAutomatic },
  compiled: {
    use: async (options) => (await import('./wasm/use-wasm.js')).useWasm({ ...options, kernels: 'native' }),
  },
  wasm: { use: async (options) => (await import('./wasm/use-wasm.js')).useWasm(options) },
  tensorflow: {
    use: async (options) => (await import('./native/use-tensorflow.js')).useTensorflow('tensorflow', options),
    lacks: withoutZoneout,
  },
  cuda: {
    use: async (options) => (await import('./native/use-tensorflow.js')).useTensorflow('cuda', options),
    lacks: withoutCudnn,
  },
  cpu: { use: useJavaScript },
};

/**
 * Makes a backend TF.js' current one. `auto` takes `cuda` where that is installed and works, else `compiled` where there are
 * native kernels for this machine, else `wasm`, which works everywhere. `tensorflow` and `cuda` need what `imdb-rnn native install` brings, or tfjs-node(-gpu).
 *
 * @throws UserError when the name is not known, the number of threads makes no sense, or the backend does not start here
 */
export async function useBackend(name: BackendName, options: BackendOptions = {}): Promise<BackendChoice> {
  if (!backendNames.includes(name)) {
    throw new UserError(`There is no backend "${name}"`, `Use one of: ${backendNames.join(', ')}.`);
  }
  threadCount(options.threads);
  try {
    return await backends[name].use(options);
  } catch (error) {
    throw explainLackOfMemory(error);
  }
}

/** What of a model the chosen backend has no fast operation for, in a sentence for the user; undefined where it lacks nothing. */
export function lackingFor(model: ModelSettings, { name }: BackendChoice): string | undefined {
  return backends[name].lacks?.(model);
}

async function useAutomatic(options: BackendOptions): Promise<BackendChoice> {
  const { choice, problem } = await tryCuda(options);
  if (choice) return choice;
  const { form, fault } = await chooseForm(options);
  const own = await (form === 'native' ? backends.compiled : backends.wasm).use(options);
  const notes = [fault && `not compiled: ${fault}`, problem && `not cuda: ${problem}`].filter(Boolean);
  return { ...own, reason: [own.reason, ...notes].join('; ') };
}

/** Native where such kernels are there, unless a build of WebAssembly is asked for; and what keeps an addon from working. */
async function chooseForm(options: BackendOptions): Promise<{ form: KernelForm; fault?: string }> {
  if (options.simd || options.vectorBits || options.kernels === 'wasm') return { form: 'wasm' };
  const { askedForm } = await import('./wasm/native-program.js');
  const asked = askedForm();
  if (asked !== undefined) return { form: asked };
  const { findNativeKernels } = await import('./wasm/native-kernels.js');
  const found = findNativeKernels(options.kernelsFolder);
  if ('addon' in found) return { form: 'native' };
  return { form: 'wasm', fault: found.isFault ? found.reason : undefined };
}

/** Threads and builds are asked for of our own kernels: who gives them does not mean a GPU. */
async function tryCuda(options: BackendOptions): Promise<{ choice?: BackendChoice; problem?: string }> {
  const { verbose, ...ours } = options;
  if (Object.values(ours).some((value) => value !== undefined)) return {};
  const { cudaIfItWorks } = await import('./native/cuda-if-it-works.js');
  const { works, problem } = await cudaIfItWorks({ verbose });
  if (!works) return { problem };
  return { choice: { ...(await backends.cuda.use({ verbose })), threads: 1 } };
}

async function useJavaScript(): Promise<BackendChoice> {
  await import('@tensorflow/tfjs-backend-cpu');
  // Else its first tensor prints the advice to install tfjs-node.
  (findBackend('cpu') as unknown as { firstUse: boolean }).firstUse = false;
  await makeCurrent('cpu');
  return { name: 'cpu', threads: 1, reason: "TF.js' own JavaScript kernels: slow, for comparison" };
}
