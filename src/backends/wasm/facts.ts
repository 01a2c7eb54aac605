import { availableParallelism } from 'node:os';
import { findNativeKernels, type Instructions } from './native-kernels.js';
import { fastestVectorBits, joiningNodes, nodeMajor, type VectorBits } from './vector-bits.js';

/** What the `wasm` backend does on this machine if nothing else is asked of it. */
export interface WasmFacts {
  threads: number;
  vectorBits: VectorBits;
  /** What would make it faster; absent where nothing would. */
  advice?: string;
}

/** What the `compiled` backend does here. */
export interface CompiledFacts {
  /** The best that the processor has; absent where there are no native kernels. */
  instructions?: Instructions;
  /** Why there are none. */
  problem?: string;
}

export function compiledFacts(): CompiledFacts {
  const found = findNativeKernels();
  return 'reason' in found ? { problem: found.reason } : { instructions: found.instructions };
}

export function wasmFacts(): WasmFacts {
  const vectorBits = fastestVectorBits();
  const facts = { threads: availableParallelism(), vectorBits };
  if (vectorBits === 256 || nodeMajor >= joiningNodes.first || process.arch !== joiningNodes.architecture)
    return facts;
  const { first, last } = joiningNodes;
  const advice = `Node ${first} to ${last} run it in 256-bit registers where the processor has them, up to twice as fast`;
  return { ...facts, advice };
}
