import { availableParallelism } from 'node:os';
import { findBackend, ready, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { UserError } from '../errors/user-error.js';
import type { Simd } from './wasm/kernel-module.js';
import type { VectorBits } from './wasm/vector-bits.js';
import type { WasmBackend } from './wasm/wasm-backend.js';

/** Values of `--backend`. */
export const backendNames = ['auto', 'wasm', 'tensorflow', 'cuda', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

export interface BackendOptions {
  /** Threads of the `wasm` backend, or of one operation of `tensorflow`; default: every core. */
  threads?: number;
  /** Build of the `wasm` kernels; default: the better one that this Node can run. */
  simd?: Simd;
  /** Registers that the `wasm` kernels are made for; default: 256 bits where this Node and this processor have them. */
  vectorBits?: VectorBits;
  /** Let TensorFlow's own log lines through (`tensorflow` and `cuda`); default: false. */
  verbose?: boolean;
}

/** Which backend computes from now on, and why. */
export interface BackendChoice {
  name: Exclude<BackendName, 'auto'>;
  threads: number;
  simd?: Simd;
  vectorBits?: VectorBits;
  /** For a note to the user: what was chosen and why. */
  reason: string;
}

/** More threads than this only wait for each other. */
const maximumThreads = 64;

/**
 * Makes a backend TF.js' current one. `auto` takes `cuda` where that is installed and works, else `wasm`, which works
 * everywhere. `tensorflow` and `cuda` need what `imdb-rnn native install` brings, or tfjs-node(-gpu).
 *
 * @throws UserError when the name is not known, the number of threads makes no sense, or a named backend does not work
 */
export async function useBackend(name: BackendName, options: BackendOptions = {}): Promise<BackendChoice> {
  if (!backendNames.includes(name)) {
    throw new UserError(`There is no backend "${name}"`, `Use one of: ${backendNames.join(', ')}.`);
  }
  const threads = options.threads ?? Math.min(availableParallelism(), maximumThreads);
  if (!Number.isInteger(threads) || threads < 1 || threads > maximumThreads) {
    throw new UserError(
      `The number of threads is ${options.threads}`,
      `Use a whole number from 1 to ${maximumThreads}.`,
    );
  }
  if (name === 'cpu') {
    await import('@tensorflow/tfjs-backend-cpu');
    // Else its first tensor prints the advice to install tfjs-node.
    (findBackend('cpu') as unknown as { firstUse: boolean }).firstUse = false;
    await makeCurrent('cpu');
    return { name, threads: 1, reason: "TF.js' own JavaScript kernels: slow, for comparison" };
  }
  if (name === 'tensorflow' || name === 'cuda') return useTensorflow(name, threads, options);
  const cuda = name === 'auto' ? await tryCuda(options) : {};
  if (cuda.choice) return cuda.choice;
  const { simd, vectorBits } = await useWasm({ ...options, threads });
  const build = `${vectorBits === 256 ? '256-bit ' : ''}${simd === 'simd' ? 'SIMD' : 'relaxed SIMD'}`;
  const passed = cuda.problem ? `; not cuda: ${cuda.problem}` : '';
  const reason = `${threads} ${threads === 1 ? 'thread' : 'threads'}, ${build}${passed}`;
  return { name: 'wasm', threads, simd, vectorBits, reason };
}

/** Threads and builds are asked for of `wasm`: who gives them does not mean a GPU. */
async function tryCuda(options: BackendOptions): Promise<{ choice?: BackendChoice; problem?: string }> {
  const { threads, simd, vectorBits, verbose } = options;
  if (threads !== undefined || simd || vectorBits) return {};
  const { cudaIfItWorks } = await import('./native/cuda-if-it-works.js');
  const { works, problem } = await cudaIfItWorks({ verbose });
  return works ? { choice: await useTensorflow('cuda', 1, { verbose }) } : { problem };
}

async function useTensorflow(
  name: 'tensorflow' | 'cuda',
  threads: number,
  { threads: asked, verbose }: BackendOptions,
): Promise<BackendChoice> {
  const { useNative } = await import('./native/use-native.js');
  const { nativeBackendName } = await import('./native/native-backend.js');
  const { backend, device } = await useNative(name === 'cuda' ? 'gpu' : 'cpu', { threads: asked, verbose });
  await makeCurrent(nativeBackendName);
  const version = `TensorFlow ${backend.binding.TF_Version}`;
  const counted = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return { name, threads, reason: device === 'gpu' ? `${version} on the GPU` : `${version}, ${counted}` };
}

async function useWasm(
  options: BackendOptions & { threads: number },
): Promise<{ simd: Simd; vectorBits: VectorBits }> {
  const { registerWasmBackend, wasmBackendName } = await import('./wasm/register.js');
  const present = findBackend(wasmBackendName) as WasmBackend | null;
  const asked = { threads: options.threads, simd: options.simd, vectorBits: options.vectorBits };
  const runtime = present?.runtime;
  const same =
    runtime?.threads === asked.threads &&
    runtime.simd === (asked.simd ?? runtime.simd) &&
    runtime.vectorBits === (asked.vectorBits ?? runtime.vectorBits);
  if (present && !same) removeBackend(wasmBackendName);
  const backend = present && same ? present : registerWasmBackend(asked);
  await makeCurrent(wasmBackendName);
  return backend.runtime;
}

async function makeCurrent(name: string): Promise<void> {
  if (!(await setBackend(name)))
    throw new UserError(`The backend "${name}" does not start here`, 'Try --backend cpu.');
  await ready();
}
