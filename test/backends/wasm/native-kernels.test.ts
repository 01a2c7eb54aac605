import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Heap } from '../../../src/backends/wasm/heap.js';
import { kernelOperands } from '../../../src/backends/wasm/kernel-operands.js';
import { nativeContract } from '../../../src/backends/wasm/native-contract.js';
import {
  findNativeKernels,
  type Instructions,
  instructionNames,
  kernelsPackage,
  type NativeKernels,
  type NoNativeKernels,
  platformNames,
} from '../../../src/backends/wasm/native-kernels.js';
import { askedForm, nativeProgram, openNative } from '../../../src/backends/wasm/native-program.js';
import { UserError } from '../../../src/errors/user-error.js';
import { instructionSets, whyNone } from './same-bits/bit-comparison.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'imdb-rnn-kernels-'));
  folders.push(folder);
  return folder;
}

/** A folder whose addons are no addons. */
function makeDamaged(platforms: readonly string[] = platformNames()): string {
  const folder = makeFolder();
  for (const platform of platforms) writeFileSync(join(folder, `${platform}.node`), 'no addon');
  return folder;
}

const [platform] = platformNames();
const missing = `the package ${kernelsPackage(platform)} is not installed`;
/** Those of this machine; only used where there are some. */
const native = findNativeKernels() as NativeKernels;

describe('findNativeKernels', () => {
  it('names the package that has them where there are none', () => {
    expect(findNativeKernels(makeFolder())).toEqual({ reason: missing });
  });

  it('says which file cannot be loaded, and why', () => {
    const folder = makeDamaged();
    const { reason, isFault } = findNativeKernels(folder) as NoNativeKernels;
    expect(isFault).toBe(true);
    expect(reason.startsWith(`${join(folder, `${platform}.node`)} cannot be loaded: `)).toBe(true);
    expect(reason.length).toBeGreaterThan(folder.length + 40);
  });

  it.skipIf(whyNone !== '')(`refuses what was built for other operands or another version${whyNone}`, () => {
    const folder = makeFolder();
    const content = readFileSync(native.path);
    const contract = nativeContract();
    const at = content.indexOf(contract);
    content.write('9.9.9', at);
    const path = join(folder, `${basename(native.path)}`);
    writeFileSync(path, content);
    const other = contract.replace(/^\S+/, '9.9.9');
    const reason = `${path} was built for another imdb-rnn: ${other}, and this one is ${contract}`;
    expect(findNativeKernels(folder)).toEqual({ reason, isFault: true });
  });

  it('loads what was built here', () => {
    // Else tests of native kernels would be skipped where a build of them has gone wrong.
    const found = findNativeKernels();
    expect('reason' in found ? found.reason : '').not.toMatch(/cannot be loaded|was built for/);
  });

  it('looks once', () => {
    const folder = makeFolder();
    const first = findNativeKernels(folder);
    expect(findNativeKernels(folder)).toBe(first);
    expect(findNativeKernels()).toBe(findNativeKernels());
  });

  it.skipIf(whyNone !== '')(`takes the fastest set of instructions${whyNone}`, () => {
    const order = Object.keys(instructionNames);
    expect(instructionSets.length).toBeGreaterThan(0);
    expect([...instructionSets].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(instructionSets);
    expect(native.instructions).toBe(instructionSets[0]);
  });

  const onLinux = process.platform === 'linux' ? whyNone : ' (skipped: only Linux has two C libraries)';
  it.skipIf(onLinux !== '')(`takes the addon for the C library that is there${onLinux}`, () => {
    const fitting = platformNames().find((name) => native.path.endsWith(`${name}.node`)) ?? platform;
    const folder = makeDamaged(platformNames().filter((name) => name !== fitting));
    const path = join(folder, `${fitting}.node`);
    copyFileSync(native.path, path);
    expect(findNativeKernels(folder)).toMatchObject({ path, instructions: native.instructions });
  });
});

describe('nativeProgram', () => {
  const problem = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      const { message, hint } = error as UserError;
      return { message, hint };
    }
    return undefined;
  };

  it('is none unless native kernels are asked for', () => {
    const kernelsFolder = makeFolder();
    for (const options of [{}, { kernels: 'wasm' }, { simd: 'simd' }, { vectorBits: 128 }] as const)
      expect(nativeProgram({ ...options, kernelsFolder })).toBeUndefined();
  });

  it('says why there are none, and what computes the same', () => {
    const kernelsFolder = makeFolder();
    const expected = {
      message: `There are no native kernels here: ${missing}.`,
      hint: 'The backend wasm computes the same on every machine.',
    };
    expect(problem(() => nativeProgram({ kernels: 'native', kernelsFolder }))).toEqual(expected);
    // Who names instructions means native kernels.
    expect(problem(() => nativeProgram({ instructions: 'avx2', kernelsFolder }))).toEqual(expected);
    const damaged = problem(() => nativeProgram({ kernels: 'native', kernelsFolder: makeDamaged() }));
    expect(damaged?.message).toContain(`${platform}.node cannot be loaded: `);
  });

  it.skipIf(whyNone !== '')(
    `refuses instructions that are not there, and names those that are${whyNone}`,
    () => {
      const instructions = 'mmx' as Instructions;
      expect(problem(() => nativeProgram({ instructions }))).toEqual({
        message: 'This processor does not have the instructions "mmx".',
        hint: `It has: ${instructionSets.join(', ')}.`,
      });
      for (const set of instructionSets)
        expect(nativeProgram({ instructions: set })).toEqual({ path: native.path, instructions: set });
      expect(nativeProgram({ kernels: 'native' })?.instructions).toBe(instructionSets[0]);
    },
  );

  it('reads IMDB_RNN_KERNELS, and says what it can be', () => {
    const asked = (IMDB_RNN_KERNELS?: string) => askedForm({ IMDB_RNN_KERNELS });
    expect([asked(), asked(''), asked('native'), asked('wasm')]).toEqual([
      ...[undefined, undefined, 'native', 'wasm'],
    ]);
    expect(problem(() => asked('Native'))).toEqual({
      message: 'IMDB_RNN_KERNELS is "Native", but it can be "native" or "wasm".',
      hint: 'Set one of them.',
    });
  });
});

describe.skipIf(whyNone !== '')(`the addon${whyNone}`, () => {
  const memory = () => new Uint8Array(new Heap().memory.buffer);
  const { addon, instructions } = native;
  type Anything = (...values: unknown[]) => unknown;

  it('has every kernel, in every set of instructions', () => {
    // A kernel may do without a twin in C, and is then named here.
    const onlyWebAssembly: string[] = [];
    const expected = Object.keys(kernelOperands).filter((name) => !onlyWebAssembly.includes(name));
    for (const set of instructionSets) expect(addon.open(memory(), set).kernels).toEqual(expected);
  });

  it('takes the place of the exports with its names', () => {
    const { path } = native;
    const names = Object.keys(openNative({ path, instructions }, new Heap().memory));
    const { kernels, needs } = addon.open(memory(), instructions);
    expect(names).toEqual([...kernels, ...needs]);
  });

  it('opens only what it has, over memory', () => {
    const open = addon.open as Anything;
    expect(() => open(memory(), 'mmx')).toThrow('This processor does not have that set of instructions');
    const usage = 'open takes a Uint8Array over the memory and the name of a set of instructions';
    for (const values of [[], [memory()], [instructions], [{}, instructions], [memory(), 1]])
      expect(() => open(...values)).toThrow(usage);
  });

  it('refuses calls that name no kernel or lack a number', () => {
    const opened = addon.open(memory(), instructions);
    const run = opened.run as Anything;
    const usage = 'run takes the number of a kernel, a thread, the number of threads and an address';
    for (const values of [[], [0, 0, 1], [opened.kernels.length, 0, 1, 64], ['0', 0, 1, 64], [0, 0, 1, {}]])
      expect(() => run(...values)).toThrow(usage);
  });

  it('refuses sizes that are none, and more or fewer than a need has', () => {
    const { bytes: call, needs } = addon.open(memory(), instructions);
    const bytes = call as Anything;
    const number = needs.indexOf('multiplyScratchBytes');
    expect(bytes(number, 10, 10)).toBeGreaterThan(4 * 10 * 10);
    const usage = 'bytes takes the number of a need and as many sizes as that has';
    for (const values of [[], [needs.length, 1, 1], [number, 10], [number, 10, 10, 10]])
      expect(() => bytes(...values)).toThrow(usage);
    expect(() => bytes(number, 10, 'ten')).toThrow('A size is not a number');
  });
});
