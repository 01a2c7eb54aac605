import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageFile } from '../../files/package-root.js';
import { nativeContract } from './native-contract.js';

/** A set of instructions that the native kernels are compiled for. */
export type Instructions = 'avx512' | 'avx2' | 'neon';

/** What the addon exports, native/addon.c. */
interface Addon {
  /** What it was built for, see `nativeContract`. */
  readonly contract: string;
  /** Those that this processor and its operating system have, the fastest first. */
  readonly sets: readonly Instructions[];
  open(memory: Uint8Array, set: Instructions): OpenedKernels;
}

/** Native kernels over one memory. */
export interface OpenedKernels {
  /** Names of the kernels; the place of a name is the kernel's number. */
  readonly kernels: readonly string[];
  /** Names of the functions that tell how much memory a kernel needs, by number. */
  readonly needs: readonly string[];
  run(kernel: number, thread: number, threads: number, operands: number): void;
  bytes(need: number, ...sizes: number[]): number;
}

/** Native kernels that can be used here. */
export interface NativeKernels {
  readonly path: string;
  readonly addon: Addon;
  /** The fastest set of instructions. */
  readonly instructions: Instructions;
}

/** Why there are none. */
export interface NoNativeKernels {
  readonly reason: string;
  /** Whether there is an addon that should work and does not: the user should know. */
  readonly isFault?: boolean;
}

/** As their makers write them. */
export const instructionNames = { avx512: 'AVX-512', avx2: 'AVX2', neon: 'NEON' } as const satisfies Record<
  Instructions,
  string
>;

/**
 * Platforms whose addon may run here, named by npm's `os`, `cpu` and `libc`: `darwin-arm64`, `linux-x64-glibc`. Which C
 * library a Linux has shows when the addon is loaded, sooner than Node.js would tell.
 */
export function platformNames(): readonly [string, ...string[]] {
  const { platform, arch } = process;
  const name = `${platform}-${arch}`;
  return platform === 'linux' ? [`${name}-glibc`, `${name}-musl`] : [name];
}

/** The package with the addon, which npm installs on its platform alone. */
export const kernelsPackage = (platform: string): string => `@imdb-rnn/kernels-${platform}`;

const require = createRequire(import.meta.url);
const found = new Map<string, NativeKernels | NoNativeKernels>();

/**
 * Finds and loads the native kernels of this machine, once.
 *
 * @param folder where builds of the kernels are; default: `dist/kernels` of the package, then the package for this platform
 */
export function findNativeKernels(folder?: string): NativeKernels | NoNativeKernels {
  const key = folder ?? '';
  const known = found.get(key) ?? find(folder);
  found.set(key, known);
  return known;
}

function find(folder: string | undefined): NativeKernels | NoNativeKernels {
  const platforms = platformNames();
  const paths = platforms.flatMap((platform) => findAddon(platform, folder) ?? []);
  const tried = paths.map(load);
  const [first] = tried;
  if (first === undefined) return { reason: `the package ${kernelsPackage(platforms[0])} is not installed` };
  return tried.find((result): result is NativeKernels => 'addon' in result) ?? first;
}

function load(path: string): NativeKernels | NoNativeKernels {
  try {
    const addon = require(path) as Addon;
    const expected = nativeContract();
    if (addon.contract !== expected) {
      const reason = `${path} was built for another imdb-rnn: ${addon.contract}, and this one is ${expected}`;
      return { reason, isFault: true };
    }
    const [instructions] = addon.sets;
    if (instructions === undefined) return { reason: 'this processor has neither AVX2 nor AVX-512' };
    return { path, addon, instructions };
  } catch (error) {
    return { reason: `${path} cannot be loaded: ${(error as Error).message}`, isFault: true };
  }
}

function findAddon(platform: string, folder: string | undefined): string | undefined {
  const file = `${platform}.node`;
  const own = folder === undefined ? packageFile('dist', 'kernels', file) : join(folder, file);
  if (existsSync(own)) return own;
  try {
    return require.resolve(kernelsPackage(platform));
  } catch {
    return undefined;
  }
}
