import type { KernelName } from './kernel-operands.js';

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
