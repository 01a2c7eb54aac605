import { findBackend, removeBackend } from '@tensorflow/tfjs-core';
import type { BackendChoice, BackendOptions } from '../backend-choice.js';
import { makeCurrent } from '../make-current.js';
import { describeThreads, threadCount } from '../thread-count.js';
import { instructionNames } from './native-kernels.js';
import { nativeProgram } from './native-program.js';
import { registerWasmBackend, wasmBackendName } from './register.js';
import type { WasmBackend } from './wasm-backend.js';

/** Our kernels: a backend that is there and fits is kept, with its tensors; another one is replaced. */
export async function useWasm(options: BackendOptions): Promise<BackendChoice> {
  const asked = {
    threads: threadCount(options.threads),
    simd: options.simd,
    vectorBits: options.vectorBits,
    kernels: options.kernels,
    instructions: options.instructions,
    kernelsFolder: options.kernelsFolder,
  };
  const present = findBackend(wasmBackendName) as WasmBackend | null;
  const runtime = present?.runtime;
  const native = nativeProgram(asked);
  const same =
    runtime?.threads === asked.threads &&
    runtime.simd === (asked.simd ?? runtime.simd) &&
    runtime.vectorBits === (asked.vectorBits ?? runtime.vectorBits) &&
    runtime.instructions === native?.instructions;
  if (present && !same) removeBackend(wasmBackendName);
  const backend = present && same ? present : registerWasmBackend(asked);
  await makeCurrent(wasmBackendName);
  return { ...describe(backend), threads: asked.threads };
}

function describe({ runtime }: WasmBackend): Omit<BackendChoice, 'threads'> {
  const { threads, simd, vectorBits, instructions } = runtime;
  if (instructions !== undefined) {
    const reason = `${describeThreads(threads)}, ${instructionNames[instructions]}`;
    return { name: 'compiled', instructions, reason };
  }
  const build = `${vectorBits === 256 ? '256-bit ' : ''}${simd === 'simd' ? 'SIMD' : 'relaxed SIMD'}`;
  return { name: 'wasm', simd, vectorBits, reason: `${describeThreads(threads)}, ${build}` };
}
