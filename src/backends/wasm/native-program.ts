import { createRequire } from 'node:module';
import { UserError } from '../../errors/user-error.js';
import type { KernelExports } from './kernel-exports.js';
import type { KernelForm, KernelOptions } from './kernel-options.js';
import { findNativeKernels, type Instructions, type OpenedKernels } from './native-kernels.js';

/** What every thread opens the native kernels with. */
export interface NativeProgram {
  /** Of the addon. */
  path: string;
  instructions: Instructions;
}

/**
 * The native kernels where they are asked for.
 *
 * @throws UserError where there are none for this machine, or IMDB_RNN_KERNELS says something else than `native` or `wasm`
 */
export function nativeProgram(options: KernelOptions): NativeProgram | undefined {
  if (formOf(options) !== 'native') return undefined;
  const found = findNativeKernels(options.kernelsFolder);
  if ('reason' in found) {
    throw new UserError(
      `There are no native kernels here: ${found.reason}.`,
      'The backend wasm computes the same on every machine.',
    );
  }
  const { path, addon } = found;
  const { instructions = found.instructions } = options;
  if (!addon.sets.includes(instructions)) {
    throw new UserError(
      `This processor does not have the instructions "${instructions}".`,
      `It has: ${addon.sets.join(', ')}.`,
    );
  }
  return { path, instructions };
}

/** What the variable IMDB_RNN_KERNELS asks for; undefined where it is not set. */
export function askedForm(environment: NodeJS.ProcessEnv = process.env): KernelForm | undefined {
  const { IMDB_RNN_KERNELS: asked } = environment;
  if (asked === undefined || asked === '') return undefined;
  if (asked === 'native' || asked === 'wasm') return asked;
  throw new UserError(
    `IMDB_RNN_KERNELS is "${asked}", but it can be "native" or "wasm".`,
    'Set one of them.',
  );
}

function formOf({ kernels, instructions, simd, vectorBits }: KernelOptions): KernelForm {
  if (kernels !== undefined) return kernels;
  if (instructions !== undefined) return 'native';
  return simd !== undefined || vectorBits !== undefined ? 'wasm' : (askedForm() ?? 'wasm');
}

const require = createRequire(import.meta.url);

/**
 * The native kernels over a memory, by the names of the WebAssembly exports whose place they take.
 *
 * @param memory may grow: it stays where it is
 */
export function openNative(
  { path, instructions }: NativeProgram,
  memory: WebAssembly.Memory,
): Partial<KernelExports> {
  const { kernels, needs, run, bytes }: OpenedKernels = require(path).open(
    new Uint8Array(memory.buffer),
    instructions,
  );
  const exports: Record<string, (...numbers: number[]) => unknown> = {};
  kernels.forEach((name, number) => {
    exports[name] = (thread, threads, operands) => run(number, thread, threads, operands);
  });
  needs.forEach((name, number) => {
    exports[name] = (...sizes) => bytes(number, ...sizes);
  });
  return exports as Partial<KernelExports>;
}
