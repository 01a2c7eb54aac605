import { readKernelFile } from './kernel-file.js';
import type { KernelName } from './kernel-operands.js';
import type { Simd } from './simd.js';
import { allowRelaxedSimd, fastestVectorBits, joinOperations, type VectorBits } from './vector-bits.js';

export type { Simd } from './simd.js';

/** A kernel that every thread calls at once with its number, and with the address of the operands; see kernels/index.ts. */
export type ThreadedKernel = (thread: number, threads: number, operands: number) => void;

/** What the compiled kernels export. */
export interface KernelExports extends Record<KernelName, ThreadedKernel> {
  inputGradientScratchBytes(gates: number, features: number, units: number): number;
  convolutionInputScratchBytes(size: number, features: number, filters: number, padded: number): number;
  convolutionKernelScratchBytes(filters: number): number;
  convolutionScratchBytes(size: number, features: number, filters: number): number;
  multiplyScratchBytes(depth: number, columns: number): number;
  recurrentGradientScratchBytes(cell: number, units: number, rows: number): number;
  recurrentScratchBytes(cell: number, features: number, units: number, rows: number, inputs: number): number;
  sumSquaresBytes(count: number): number;
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

/** What an instance of the kernels is made of; every thread makes its own. */
export interface KernelProgram {
  module: WebAssembly.Module;
  imports: { env: { memory: WebAssembly.Memory; panelColumns: number } };
}

export interface KernelOptions {
  /** Build of the kernels; default: the better one that this Node can run. */
  simd?: Simd;
  /** Form of the matrix products; default: the faster one here. Both give the same bits. */
  vectorBits?: VectorBits;
  /** Where the builds are; default: `dist/kernels` of the package. */
  kernelsFolder?: string;
}

/**
 * Compiles the better build that this Node can run, or the one that is asked for.
 *
 * @throws Error when the asked-for build cannot run here; UserError when its file cannot be read
 */
export function loadKernels(
  memory: WebAssembly.Memory,
  options: KernelOptions = {},
): { program: KernelProgram; simd: Simd; vectorBits: VectorBits } {
  const { vectorBits = fastestVectorBits() } = options;
  // Before anything is compiled.
  if (vectorBits === 256) joinOperations();
  const { module, simd } = compile(options);
  return {
    program: { module, imports: { env: { memory, panelColumns: vectorBits / 16 } } },
    simd,
    vectorBits,
  };
}

function compile({ simd, kernelsFolder }: KernelOptions): { module: WebAssembly.Module; simd: Simd } {
  if (simd !== 'simd') {
    allowRelaxedSimd();
    const bytes = readKernelFile('relaxed-simd', kernelsFolder);
    if (WebAssembly.validate(bytes)) return { module: new WebAssembly.Module(bytes), simd: 'relaxed-simd' };
    if (simd === 'relaxed-simd') {
      throw new Error(`Node ${process.versions.node} does not run relaxed SIMD; use the plain build, "simd"`);
    }
  }
  const bytes = readKernelFile('simd', kernelsFolder);
  return { module: new WebAssembly.Module(bytes), simd: 'simd' };
}

export function instantiate({ module, imports }: KernelProgram): KernelExports {
  return new WebAssembly.Instance(module, imports).exports as unknown as KernelExports;
}
