import type { KernelName } from '../../../../src/backends/wasm/kernel-operands.js';
import type { KernelRuntime } from '../../../../src/backends/wasm/runtime.js';
import { imageOf, type KernelCall, type NeedName } from './kernel-call.js';

/** Where the memory of the next call begins. */
export function nextStart({ heap }: KernelRuntime): number {
  const start = heap.allocate(0);
  heap.free(start);
  return start;
}

/** The bytes that a kernel needs in this form. */
export function neededBytes({ kernels }: KernelRuntime, name: NeedName, sizes: readonly number[]): number {
  return (kernels[name] as (...sizes: readonly number[]) => number)(...sizes);
}

/** @returns a copy of the memory of the call, as it is then */
export function runCall(runtime: KernelRuntime, call: KernelCall): Uint8Array<ArrayBuffer> {
  const { heap } = runtime;
  const image = imageOf(call);
  const address = heap.allocate(image.length);
  try {
    if (address !== call.start) throw new Error(`the memory is at ${address} and not at ${call.start}`);
    const memory = new Uint8Array(heap.memory.buffer, address, image.length);
    memory.set(image);
    runtime.run<KernelName>(call.kernel, call.threads, call.operands);
    return new Uint8Array(memory);
  } finally {
    heap.free(address);
  }
}
