import type { Instructions } from './native-kernels.js';
import type { Simd } from './simd.js';
import type { VectorBits } from './vector-bits.js';

/** What kernels are compiled to. */
export type KernelForm = 'native' | 'wasm';

/** How kernels compute, for a note to the user. */
export interface KernelFacts {
  simd: Simd;
  vectorBits: VectorBits;
  /** Of the native kernels; absent where all run as WebAssembly. */
  instructions?: Instructions;
}

export interface KernelOptions {
  /** Build of the kernels; default: the better one that this Node can run. */
  simd?: Simd;
  /** Form of the matrix products; default: the faster one here. Both give the same bits. */
  vectorBits?: VectorBits;
  /**
   * `native`: as code of this processor, to the same bits as relaxed SIMD; default: what the variable IMDB_RNN_KERNELS says
   * unless a build of WebAssembly is asked for, else `wasm`.
   */
  kernels?: KernelForm;
  /** Native kernels for this set of instructions; default: the fastest one that the processor has. */
  instructions?: Instructions;
  /** Where the builds are; default: `dist/kernels` of the package. */
  kernelsFolder?: string;
}
