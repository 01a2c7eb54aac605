import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freeBytes } from '../../src/files/free-space.js';
import { checkFreeSpace } from '../../src/tensorflow-installer/check-free-space.js';
import { wantedOfTensorflow } from '../../src/tensorflow-installer/compile-addon.js';
import { parseCudaRequirements } from '../../src/tensorflow-installer/cuda-requirements.js';
import { nativeFolder } from '../../src/tensorflow-installer/native-folder.js';
import { unpackWheel } from '../../src/tensorflow-installer/unpack-wheel.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';

describe('the folder of installations', () => {
  it('is the one that is given, else the one of the environment, else in the cache folder', () => {
    const environment = { IMDB_RNN_NATIVE_DIR: '/own', XDG_CACHE_HOME: '/cache' };
    expect(nativeFolder('/given', environment)).toBe('/given');
    expect(nativeFolder(undefined, environment)).toBe('/own');
    expect(nativeFolder(undefined, { XDG_CACHE_HOME: '/cache' })).toBe(join('/cache', 'imdb-rnn', 'native'));
    expect(nativeFolder(undefined, {})).toMatch(/\.cache.imdb-rnn.native$/);
  });
});

describe("CUDA's requirements", () => {
  it('are those that the metadata names for and-cuda, without spaces and conditions', () => {
    const metadata = [
      'Requires-Dist: numpy>=1.26.0',
      'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
      "Requires-Dist: nvidia-nccl-cu12 (<3.0,>=2.27.7) ; extra == 'and-cuda'",
      'Requires-Dist: tensorflow-io-gcs-filesystem>=0.23.1; extra == "gcs-filesystem"',
    ].join('\n');
    expect(parseCudaRequirements(metadata)).toEqual([
      'nvidia-cublas-cu12<13.0,>=12.5.3.2',
      'nvidia-nccl-cu12<3.0,>=2.27.7',
    ]);
  });
});

describe('the free space', () => {
  it('is that of the disk, also for folders that are not there yet', async () => {
    const folder = await temporaryFolder();
    expect(await freeBytes(join(folder, 'not', 'yet'))).toBeGreaterThan(0);
  });

  it('must do, and how much is missing is said with the way out', async () => {
    await expect(checkFreeSpace('/small', 8e9, async () => 1.25e9)).rejects.toMatchObject({
      message: '/small has 1.3 GB free; the installation needs 8.0 GB while it runs',
      hint: expect.stringContaining('--dir'),
    });
    await expect(checkFreeSpace('/large', 8e9, async () => 8e9)).resolves.toBeUndefined();
  });
});

const python = ['python3', 'python'].find((name) => {
  try {
    return execFileSync(name, ['--version'], { encoding: 'utf8' }).startsWith('Python 3');
  } catch {
    return false;
  }
});

describe.skipIf(!python)('unpacking a wheel (skipped without Python 3)', () => {
  async function makeWheel(names: readonly string[]) {
    const folder = await temporaryFolder();
    const wheel = join(folder, 'some.whl');
    const script =
      'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n for n in sys.argv[2:]: z.writestr(n, n)';
    execFileSync(python!, ['-c', script, wheel, ...names]);
    return { wheel, target: join(folder, 'target') };
  }

  it('takes what is wanted, under its name, and nothing else', async () => {
    const { wheel, target } = await makeWheel([
      'tensorflow/libtensorflow_cc.so.2',
      'tensorflow/include/tensorflow/c/c_api.h',
      'tensorflow/include/Eigen/Core',
      'tensorflow/python/big.so',
      'tensorflow-2.21.0.dist-info/METADATA',
    ]);
    const progress: number[][] = [];
    await unpackWheel(wheel, {
      ...{ python: python!, target, wanted: wantedOfTensorflow, name: 'tensorflow' },
      onProgress: (event) => 'doneBytes' in event && progress.push([event.doneBytes, event.totalBytes!]),
    });
    expect((await readdir(join(target, 'tensorflow'))).sort()).toEqual(['include', 'libtensorflow_cc.so.2']);
    expect(await readdir(join(target, 'tensorflow', 'include'))).toEqual(['tensorflow']);
    expect(await readFile(join(target, 'tensorflow', 'libtensorflow_cc.so.2'), 'utf8')).toMatch(/_cc/);
    expect(progress.at(-1)![0]).toBe(progress.at(-1)![1]);
  });

  it('refuses names that lead out of the folder, and wheels without what is needed', async () => {
    const evil = await makeWheel(['tensorflow/../../evil']);
    const options = { python: python!, target: evil.target, name: 'x' };
    await expect(unpackWheel(evil.wheel, { ...options, wanted: '.*' })).rejects.toThrow(/lies outside of it/);
    const other = await makeWheel(['something/else']);
    await expect(unpackWheel(other.wheel, { ...options, wanted: wantedOfTensorflow })).rejects.toThrow(
      /what is needed is not in it/,
    );
  });
});
