import { findBackend, removeBackend } from '@tensorflow/tfjs-core';
import type { BackendChoice, BackendOptions } from '../backend-choice.js';
import { makeCurrent } from '../make-current.js';
import { describeThreads, threadCount } from '../thread-count.js';
import { registerWasmBackend, wasmBackendName } from './register.js';
import type { WasmBackend } from './wasm-backend.js';

/** Our kernels: a backend that is there and fits is kept, with its tensors; another one is replaced. */
export async function useWasm(options: BackendOptions): Promise<BackendChoice> {
  const asked = {
    threads: threadCount(options.threads),
    simd: options.simd,
    vectorBits: options.vectorBits,
    kernelsFolder: options.kernelsFolder,
  };
  const present = findBackend(wasmBackendName) as WasmBackend | null;
  const runtime = present?.runtime;
  const same =
    runtime?.threads === asked.threads &&
    runtime.simd === (asked.simd ?? runtime.simd) &&
    runtime.vectorBits === (asked.vectorBits ?? runtime.vectorBits);
  if (present && !same) removeBackend(wasmBackendName);
  const backend = present && same ? present : registerWasmBackend(asked);
  await makeCurrent(wasmBackendName);
  const { threads, simd, vectorBits } = backend.runtime;
  const build = `${vectorBits === 256 ? '256-bit ' : ''}${simd === 'simd' ? 'SIMD' : 'relaxed SIMD'}`;
  return { name: 'wasm', threads, simd, vectorBits, reason: `${describeThreads(threads)}, ${build}` };
}
