import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../../../src/backends/use-backend.js';

/** A folder with an nvidia-smi that shows a GPU, and a project whose tfjs-node-gpu lacks a library. */
let folder: string;
const formerFolder = process.cwd();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'imdb-rnn-automatic-'));
  const tool = join(folder, 'bin', 'nvidia-smi');
  const gpuPackage = join(folder, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
  await mkdir(join(folder, 'bin'));
  await mkdir(gpuPackage, { recursive: true });
  await writeFile(tool, "#!/bin/sh\necho '570.86, 81559, NVIDIA H100 80GB HBM3'\n");
  await chmod(tool, 0o755);
  await writeFile(join(folder, 'package.json'), '{}');
  await writeFile(join(gpuPackage, 'package.json'), JSON.stringify({ main: 'index.js' }));
  const complaint = 'libcudnn.so.9: cannot open shared object file: No such file or directory';
  await writeFile(join(gpuPackage, 'index.js'), `throw new Error('${complaint}');`);
  vi.stubEnv('IMDB_RNN_NATIVE_DIR', join(folder, 'nothing-installed'));
  process.chdir(folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  process.chdir(formerFolder);
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform === 'win32')('auto, with a GPU package that does not load,', () => {
  it('takes wasm where there is no driver, and has nothing to say of it', async () => {
    vi.stubEnv('PATH', join(folder, 'no-tools'));
    const { name, reason } = await useBackend('auto');
    expect(name).toBe('wasm');
    expect(reason).not.toContain('cuda');
  });

  it('says why it takes wasm where there is a driver', async () => {
    vi.stubEnv('PATH', join(folder, 'bin'));
    const { name, reason } = await useBackend('auto');
    expect(name).toBe('wasm');
    expect(reason).toContain('not cuda: @tensorflow/tfjs-node-gpu does not load: the library libcudnn.so.9');
    expect(tf.matMul(tf.ones([1, 2]), tf.ones([2, 1])).dataSync()[0]).toBe(2);
  });

  it('does not look for a GPU where threads or a build of wasm are asked for', async () => {
    const { name, reason } = await useBackend('auto', { threads: 1 });
    expect(name).toBe('wasm');
    expect(reason).not.toContain('cuda');
  });
});
