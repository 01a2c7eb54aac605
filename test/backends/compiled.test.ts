import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { compiledFacts } from '../../src/backends/wasm/facts.js';
import {
  findNativeKernels,
  type Instructions,
  instructionNames,
  platformNames,
} from '../../src/backends/wasm/native-kernels.js';
import { packageFile } from '../../src/files/package-root.js';
import { instructionSets, whyNone } from './wasm/same-bits/bit-comparison.js';

const [best] = instructionSets;

beforeEach(() => {
  // Tests otherwise compute with WebAssembly unless they ask for something else.
  vi.stubEnv('IMDB_RNN_KERNELS', undefined);
});
const folders: string[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A copy of the kernels' folder without addons, or with damaged ones. */
function kernelsFolder({ damaged = false } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'imdb-rnn-kernels-'));
  folders.push(folder);
  for (const name of ['simd.wasm', 'relaxed-simd.wasm'])
    copyFileSync(packageFile('dist', 'kernels', name), join(folder, name));
  if (damaged)
    for (const platform of platformNames()) writeFileSync(join(folder, `${platform}.node`), 'no addon');
  return folder;
}

const square = () => tf.tidy(() => tf.matMul(tf.fill([9, 9], 2), tf.fill([9, 9], 3)).dataSync()[80]);

describe.skipIf(whyNone !== '')(`the backend compiled${whyNone}`, () => {
  it('is taken by name, with the fastest instructions', async () => {
    const reason = `3 threads, ${instructionNames[best]}`;
    expect(await useBackend('compiled', { threads: 3 })).toEqual({
      ...{ name: 'compiled', threads: 3, instructions: best, reason },
    });
    expect(square()).toBe(54);
  });

  it.each(instructionSets)('takes the instructions that are asked for: %s', async (instructions) => {
    const reason = `2 threads, ${instructionNames[instructions]}`;
    const choice = { name: 'compiled', threads: 2, instructions, reason };
    expect(await useBackend('compiled', { threads: 2, instructions })).toEqual(choice);
    expect(await useBackend('auto', { threads: 2, instructions })).toEqual(choice);
    expect(square()).toBe(54);
  });

  it('is what auto takes, unless something else is asked for', async () => {
    expect(await useBackend('auto', { threads: 2 })).toMatchObject({ name: 'compiled', instructions: best });
    expect(await useBackend('auto', { threads: 2, simd: 'simd' })).toMatchObject({
      name: 'wasm',
      simd: 'simd',
    });
    expect(await useBackend('auto', { threads: 2, vectorBits: 128 })).toMatchObject({ name: 'wasm' });
    expect(await useBackend('auto', { threads: 2, kernels: 'wasm' })).toMatchObject({ name: 'wasm' });
    expect(await useBackend('auto', { threads: 2, kernels: 'native' })).toMatchObject({ name: 'compiled' });
  });

  it('is not what wasm takes, unless it is asked to', async () => {
    expect(await useBackend('wasm', { threads: 2 })).toMatchObject({ name: 'wasm' });
    expect(await useBackend('wasm', { threads: 2, kernels: 'native' })).toMatchObject({ name: 'compiled' });
  });

  it('follows IMDB_RNN_KERNELS where the caller leaves it open', async () => {
    vi.stubEnv('IMDB_RNN_KERNELS', 'native');
    expect(await useBackend('wasm', { threads: 2 })).toMatchObject({ name: 'compiled' });
    expect(await useBackend('wasm', { threads: 2, vectorBits: 128 })).toMatchObject({ name: 'wasm' });
    expect(await useBackend('wasm', { threads: 2, kernels: 'wasm' })).toMatchObject({ name: 'wasm' });
    vi.stubEnv('IMDB_RNN_KERNELS', 'wasm');
    expect(await useBackend('auto', { threads: 2 })).toMatchObject({ name: 'wasm' });
    expect(await useBackend('compiled', { threads: 2 })).toMatchObject({ name: 'compiled' });
  });

  it('stays, with its tensors, until other kernels are asked for', async () => {
    await useBackend('compiled', { threads: 2 });
    const first = tf.backend();
    const tensor = tf.tensor1d([1, 2]);
    await useBackend('auto', { threads: 2, instructions: best });
    expect(tf.backend()).toBe(first);
    expect([...tensor.dataSync()]).toEqual([1, 2]);
    await useBackend('wasm', { threads: 2 });
    expect(tf.backend()).not.toBe(first);
    expect(square()).toBe(54);
    const other = instructionSets.at(-1)!;
    await useBackend('compiled', { threads: 2, instructions: other });
    expect((tf.backend() as unknown as { runtime: object }).runtime).toMatchObject({ instructions: other });
  });

  it('refuses instructions that are not there', async () => {
    await expect(useBackend('compiled', { instructions: 'mmx' as Instructions })).rejects.toMatchObject({
      message: 'This processor does not have the instructions "mmx".',
      hint: `It has: ${instructionSets.join(', ')}.`,
    });
  });

  it('is described for doctor', () => {
    expect(compiledFacts()).toEqual({ instructions: best });
  });
});

describe('without native kernels', () => {
  it.each([{ damaged: false }, { damaged: true }])(
    'auto takes wasm, and compiled says why: %o',
    async (how) => {
      const folder = kernelsFolder(how);
      const { reason } = findNativeKernels(folder) as { reason: string };
      expect(reason).toMatch(how.damaged ? /\.node cannot be loaded: / : /^the package .* is not installed$/);
      const options = { threads: 2, kernelsFolder: folder };
      const choice = await useBackend('auto', options);
      expect(choice).toMatchObject({ name: 'wasm', threads: 2 });
      // Whoever has no addon knows, or does not care; one that should work and does not is told.
      if (how.damaged) expect(choice.reason).toContain(`; not compiled: ${reason}`);
      else expect(choice.reason).not.toContain('not compiled');
      expect(square()).toBe(54);
      await expect(useBackend('compiled', options)).rejects.toMatchObject({
        message: `There are no native kernels here: ${reason}.`,
        hint: 'The backend wasm computes the same on every machine.',
      });
      // What computed before goes on.
      expect(square()).toBe(54);
    },
  );

  it('says that IMDB_RNN_KERNELS asks for them', async () => {
    vi.stubEnv('IMDB_RNN_KERNELS', 'native');
    const options = { threads: 2, kernelsFolder: kernelsFolder() };
    for (const name of ['auto', 'wasm'] as const)
      await expect(useBackend(name, options)).rejects.toThrow(
        'There are no native kernels here: the package',
      );
  });
});

it.each(['auto', 'wasm'] as const)('refuses with %s what IMDB_RNN_KERNELS cannot be', async (name) => {
  vi.stubEnv('IMDB_RNN_KERNELS', 'fast');
  await expect(useBackend(name, { threads: 2 })).rejects.toMatchObject({
    message: 'IMDB_RNN_KERNELS is "fast", but it can be "native" or "wasm".',
    hint: 'Set one of them.',
  });
});
