import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fusedKernels } from '../../../src/backends/fused-kernels.js';
import { findNative } from '../../../src/backends/native/find-native.js';
import { loadNative } from '../../../src/backends/native/load-native.js';
import { UserError } from '../../../src/errors/user-error.js';

const require = createRequire(import.meta.url);
const noInstallations = { folder: join(tmpdir(), 'imdb-rnn-no-installations') };
const nodeModules = dirname(dirname(dirname(require.resolve('@tensorflow/tfjs-core/package.json'))));

/** A user's project with a tfjs-node whose backend is TF.js' own, with a copy of tfjs-core of its own. */
let project: string;
const formerFolder = process.cwd();

const main = `
const util = require('util');
const tf = require('@tensorflow/tfjs');
exports.ownCore = tf;
exports.olds = [util.isArray([]), util.isNullOrUndefined(null), util.isNullOrUndefined(0), util.types.isDate(new Date())];
class Backend extends tf.KernelBackend {
  constructor() { super(); this.isUsingGpuDevice = false; this.values = new tf.DataStorage(this, tf.engine()); }
  write(values) { const id = {}; this.values.set(id, values); return id; }
  readSync(id) { return this.values.get(id); }
  disposeData(id) { return true; }
  memory() { return { unreliable: true }; }
  numDataIds() { return this.values.numDataIds(); }
}
tf.registerBackend('tensorflow', () => new Backend());
tf.registerKernel({ kernelName: 'Neg', backendName: 'tensorflow', kernelFunc: ({ inputs, backend }) => ({
  dataId: backend.write(backend.readSync(inputs.x.dataId).map((x) => -x)), shape: inputs.x.shape, dtype: 'float32' }) });
`;

beforeAll(async () => {
  project = await realpath(await mkdtemp(join(tmpdir(), 'imdb-rnn-project-')));
  const put = async (name: string, code: string) => {
    const folder = join(project, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    await writeFile(join(folder, 'index.js'), code);
    return folder;
  };
  await put('@tensorflow/tfjs-node', main);
  await put(
    '@tensorflow/tfjs-node-gpu',
    `throw new Error('libcudart.so.11.0: cannot open shared object file: No such file or directory');`,
  );
  const union = await put('@tensorflow/tfjs', `module.exports = require('./tf-core.node.js');`);
  await cp(
    join(nodeModules, '@tensorflow', 'tfjs-core', 'dist', 'tf-core.node.js'),
    join(union, 'tf-core.node.js'),
  );
  for (const name of ['seedrandom', 'long', 'node-fetch']) {
    await symlink(join(nodeModules, name), join(project, 'node_modules', name), 'junction');
  }
  await writeFile(join(project, 'package.json'), '{}');
  process.chdir(project);
});
afterAll(async () => {
  process.chdir(formerFolder);
  await rm(project, { recursive: true, force: true });
});

describe('an official tfjs-node in the folder where the program was started', () => {
  it('is found, for the CPU and for the GPU', async () => {
    const cpu = await findNative('cpu', noInstallations);
    expect(cpu).toMatchObject({ kind: 'package', name: '@tensorflow/tfjs-node' });
    const gpu = await findNative('gpu', noInstallations);
    expect(gpu).toMatchObject({ kind: 'package', name: '@tensorflow/tfjs-node-gpu' });
  });

  it('that lacks a library is an error which names the library and the way out', async () => {
    const broken = (await findNative('gpu', noInstallations))!;
    const load = () => loadNative(broken, { verbose: false });
    expect(load).toThrow(UserError);
    expect(load).toThrow('@tensorflow/tfjs-node-gpu does not load: the library libcudart.so.11.0 is missing');
  });

  it('shares one engine with ours, though it has a tfjs-core of its own', async () => {
    const source = (await findNative('cpu', noInstallations))!;
    const backend = loadNative(source, { verbose: false });
    const { ownCore } = require(join(project, 'node_modules', '@tensorflow', 'tfjs-node')) as {
      ownCore: typeof tf;
    };
    expect(ownCore.registerBackend).not.toBe(tf.registerBackend);
    expect(ownCore.engine()).toBe(tf.engine());
    await tf.setBackend('tensorflow');
    expect(tf.backend()).toBe(backend);
    expect([...tf.neg(tf.tensor1d([1, -2])).dataSync()]).toEqual([-1, 2]);
    // Both copies count the same tensors, and take each other's.
    const made = ownCore.tensor1d([3]);
    expect(tf.memory().numTensors).toBe(ownCore.memory().numTensors);
    expect([...tf.neg(made as unknown as tf.Tensor).dataSync()]).toEqual([-3]);
    expect(tf.getKernel(fusedKernels.recurrent, 'tensorflow')).toBeDefined();
  });

  it('finds the functions that Node.js 23 has removed from util, and nobody else does', () => {
    const { olds } = require(join(project, 'node_modules', '@tensorflow', 'tfjs-node')) as {
      olds: boolean[];
    };
    expect(olds).toEqual([true, true, false, true]);
    if (Number(process.versions.node.split('.')[0]) >= 23) expect('isNullOrUndefined' in util).toBe(false);
    expect(require('node:util')).not.toHaveProperty('formerUtil');
  });
});
