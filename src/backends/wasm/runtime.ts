import { Heap } from './heap.js';
import type { KernelExports, ThreadedKernel } from './kernel-exports.js';
import { instantiate, loadKernels } from './kernel-module.js';
import type { KernelName, OperandsOf } from './kernel-operands.js';
import type { KernelOptions } from './kernel-options.js';
import type { Instructions } from './native-kernels.js';
import type { Simd } from './simd.js';
import { ThreadPool } from './thread-pool.js';
import { checkThreadRoom } from './thread-room.js';
import type { VectorBits } from './vector-bits.js';
import { operandsAddress, operandWriter } from './write-operands.js';

/** Floats, or multiply-adds, below which a second thread costs more than it saves. */
const parallelFloats = 100_000;

/** The same for a kernel that finds its rows all over a table. */
export const parallelRowFloats = 50_000;

export interface RuntimeOptions extends KernelOptions {
  /** Threads that compute, the calling one included. */
  threads: number;
}

/** The compiled kernels, their memory and their threads. */
export class KernelRuntime {
  readonly heap = new Heap();
  readonly threads: number;
  readonly simd: Simd;
  readonly vectorBits: VectorBits;
  /** Of the native kernels; undefined where all run as WebAssembly. */
  readonly instructions: Instructions | undefined;
  readonly kernels: KernelExports;
  private readonly pool: ThreadPool;
  private readonly writeOperands = operandWriter(this.heap.memory);
  /** Milliseconds spent in kernels since the start, for benchmarks. */
  kernelMs = 0;

  constructor(options: RuntimeOptions) {
    const { program, simd, vectorBits, instructions } = loadKernels(this.heap.memory, options);
    this.simd = simd;
    this.vectorBits = vectorBits;
    this.instructions = instructions;
    this.threads = options.threads;
    this.kernels = instantiate(program);
    // Now that the memory has its addresses.
    checkThreadRoom(options.threads);
    this.pool = new ThreadPool(options.threads, program);
  }

  /** Threads for a kernel that goes through so many floats: all of them from `least` on, below it one. */
  threadsFor(floats: number, least = parallelFloats): number {
    return floats < least ? 1 : this.threads;
  }

  /** What only this thread computes, between the kernels of all threads. */
  runAlone(compute: (kernels: KernelExports) => void): void {
    const start = performance.now();
    compute(this.kernels);
    this.kernelMs += performance.now() - start;
  }

  /**
   * Calls a kernel on `threads` threads (at most; one stays in this thread, without waking any worker).
   *
   * @param operands all of the kernel's, by their names in kernel-operands.ts
   */
  run<Name extends KernelName>(name: Name, threads: number, operands: OperandsOf<Name>): void {
    const start = performance.now();
    this.writeOperands(name, operands);
    const kernel: ThreadedKernel = this.kernels[name];
    if (threads <= 1) kernel(0, 1, operandsAddress);
    else this.pool.run(name, Math.min(threads, this.threads), operandsAddress, kernel);
    this.kernelMs += performance.now() - start;
  }

  /** Allocates scratch memory for as long as `use` runs. */
  withScratch<Result>(bytes: number, use: (address: number) => Result): Result {
    const address = this.heap.allocate(bytes);
    try {
      return use(address);
    } finally {
      this.heap.free(address);
    }
  }

  /** A view of `length` floats; good until the block is freed. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.heap.memory.buffer, address, length);
  }

  /** A view of `length` 32-bit integers; good until the block is freed. */
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.heap.memory.buffer, address, length);
  }

  async stop(): Promise<void> {
    await this.pool.stop();
  }
}
