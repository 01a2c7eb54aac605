import type { KernelExports } from './kernel-exports.js';
import { readKernelFile } from './kernel-file.js';
import type { KernelFacts, KernelOptions } from './kernel-options.js';
import { type NativeProgram, nativeProgram, openNative } from './native-program.js';
import type { Simd } from './simd.js';
import { allowRelaxedSimd, fastestVectorBits, joinOperations } from './vector-bits.js';

/** What an instance of the kernels is made of; every thread makes its own. */
export interface KernelProgram {
  module: WebAssembly.Module;
  imports: { env: { memory: WebAssembly.Memory; panelColumns: number } };
  /** Takes the place of the kernels that it has; the others run as WebAssembly. */
  native?: NativeProgram;
}

/**
 * Compiles the better build that this Node can run, or the one that is asked for.
 *
 * @throws Error when the asked-for build cannot run here; UserError when its file cannot be read, or when native kernels are
 *   asked for where there are none
 */
export function loadKernels(
  memory: WebAssembly.Memory,
  options: KernelOptions = {},
): { program: KernelProgram } & KernelFacts {
  const native = nativeProgram(options);
  const { vectorBits = native ? 128 : fastestVectorBits() } = options;
  // Before anything is compiled.
  if (vectorBits === 256) joinOperations();
  const { module, simd } = compile(options);
  const imports = { env: { memory, panelColumns: vectorBits / 16 } };
  return { program: { module, imports, native }, simd, vectorBits, instructions: native?.instructions };
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

export function instantiate({ module, imports, native }: KernelProgram): KernelExports {
  const { exports } = new WebAssembly.Instance(module, imports);
  return { ...(exports as unknown as KernelExports), ...(native && openNative(native, imports.env.memory)) };
}
