import { UserError } from '../errors/user-error.js';
import type { NativeVariant } from './native-folder.js';

/** A machine that TensorFlow's wheels run on. */
export interface NativePlatform {
  readonly arch: 'x64' | 'arm64';
  /** Platform tags of the wheels that fit, newest first, as pip's `--platform` takes them. */
  readonly wheelTags: readonly string[];
}

/** What Node.js tells about a machine. */
export interface MachineFacts {
  readonly platform: string;
  readonly arch: string;
  /** Version of the GNU C library; undefined with another C library. */
  readonly glibc: string | undefined;
}

/** The C library that TensorFlow 2.21's wheels are made for (manylinux_2_27), and the oldest one worth asking for. */
const neededGlibc = 27;
const oldestGlibc = 17;
const machineNames = { x64: 'x86_64', arm64: 'aarch64' } as const;
const instead = 'Use --backend wasm, which runs on every machine.';

export function machineFacts(): MachineFacts {
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime };
}

/**
 * Checks that TensorFlow's libraries run on this kind of machine.
 *
 * @throws UserError where there is no wheel for it, which says what it would take
 */
export function nativePlatform(variant: NativeVariant, facts: MachineFacts = machineFacts()): NativePlatform {
  const { platform, arch, glibc } = facts;
  if (platform !== 'linux') {
    throw new UserError(
      `imdb-rnn native works on Linux; this is ${platform}`,
      `${instead} On Windows, WSL2 is a Linux, GPU included.`,
    );
  }
  if (arch !== 'x64' && arch !== 'arm64') {
    throw new UserError(`TensorFlow has no build for ${arch}, only for x64 and arm64`, instead);
  }
  if (variant === 'cuda' && arch !== 'x64') {
    throw new UserError(
      `TensorFlow has no CUDA build for ${arch}, only for x64`,
      'Use: imdb-rnn native install --cpu',
    );
  }
  const minor = Number(/^2\.(\d+)/.exec(glibc ?? '')?.[1]);
  if (glibc === undefined || Number.isNaN(minor)) {
    throw new UserError(
      'TensorFlow needs the GNU C library, and this Node.js runs on another one (musl, as on Alpine)',
      `${instead} Or use an image with the GNU C library, such as node:24-slim.`,
    );
  }
  if (minor < neededGlibc) {
    throw new UserError(
      `TensorFlow needs the GNU C library 2.${neededGlibc} or newer; this is ${glibc}`,
      instead,
    );
  }
  const machine = machineNames[arch];
  const versions = Array.from({ length: minor - oldestGlibc + 1 }, (_, i) => minor - i);
  return {
    arch,
    wheelTags: [
      ...versions.map((version) => `manylinux_2_${version}_${machine}`),
      `manylinux2014_${machine}`,
    ],
  };
}
