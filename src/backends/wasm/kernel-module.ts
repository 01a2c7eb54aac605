import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { packageFile } from '../../files/package-root.js';

export type Simd = 'relaxed-simd' | 'simd';

/** A kernel that every thread calls at once with its number; see kernels/index.ts. */
type ThreadedKernel = (thread: number, threads: number, ...operands: (number | boolean)[]) => void;

/** What the compiled kernels export. */
export interface KernelExports {
  adam: ThreadedKernel;
  addElements: ThreadedKernel;
  attentionBackward: ThreadedKernel;
  attentionForward: ThreadedKernel;
  attentionInputGradient: ThreadedKernel;
  convolveForward: ThreadedKernel;
  convolveInputGradient: ThreadedKernel;
  convolveKernelGradient: ThreadedKernel;
  gatherTableRows: ThreadedKernel;
  inputGradient: ThreadedKernel;
  multiply: ThreadedKernel;
  recurrentBackward: ThreadedKernel;
  recurrentForward: ThreadedKernel;
  mergeDirections: ThreadedKernel;
  normalizeBackward: ThreadedKernel;
  normalizeForward: ThreadedKernel;
  padSequences: ThreadedKernel;
  poolBackward: ThreadedKernel;
  poolForward: ThreadedKernel;
  reluGradient: ThreadedKernel;
  scaleSequences: ThreadedKernel;
  splitDirections: ThreadedKernel;
  sumSegments: ThreadedKernel;
  inputGradientScratchBytes(gates: number, features: number, units: number): number;
  convolutionInputScratchBytes(size: number, features: number, filters: number, padded: number): number;
  convolutionKernelScratchBytes(filters: number): number;
  convolutionScratchBytes(size: number, features: number, filters: number): number;
  multiplyScratchBytes(depth: number, columns: number): number;
  recurrentGradientScratchBytes(cell: number, units: number, rows: number): number;
  recurrentScratchBytes(cell: number, features: number, units: number, rows: number, inputs: number): number;
  shareBytes(cell: number, features: number, units: number): number;
  sumShares(
    shares: number,
    shareBytes: number,
    threads: number,
    rows: number,
    gates: number,
    units: number,
    target: number,
  ): void;
}

export type ThreadedKernelName = {
  [Name in keyof KernelExports]: KernelExports[Name] extends ThreadedKernel ? Name : never;
}[keyof KernelExports];

/**
 * Compiles the better build that this Node can run, or the one that is asked for.
 *
 * @throws Error when the asked-for build cannot run here
 */
export function loadKernels(simd?: Simd): { module: WebAssembly.Module; simd: Simd } {
  if (simd !== 'simd') {
    // Node 20 has relaxed SIMD behind a flag that its command line refuses; Node 22 and later have it on.
    if (Number(process.versions.node.split('.')[0]) < 22)
      setFlagsFromString('--experimental-wasm-relaxed-simd');
    const bytes = readFileSync(packageFile('dist', 'kernels', 'relaxed-simd.wasm'));
    if (WebAssembly.validate(bytes)) return { module: new WebAssembly.Module(bytes), simd: 'relaxed-simd' };
    if (simd === 'relaxed-simd') {
      throw new Error(`Node ${process.versions.node} does not run relaxed SIMD; use the plain build, "simd"`);
    }
  }
  const bytes = readFileSync(packageFile('dist', 'kernels', 'simd.wasm'));
  return { module: new WebAssembly.Module(bytes), simd: 'simd' };
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
}
