import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeAtomically } from '../../src/files/write-atomically.js';
import { modelState } from '../../src/runs/model-files.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { numbersOf, temporaryFolder, tinyModel, tinyRun, useCpu } from './tiny-run.js';

vi.mock('../../src/files/write-atomically.js', { spy: true });

beforeAll(useCpu);
afterEach(() => {
  vi.mocked(writeAtomically).mockReset();
});

/** Reads the folder as any program that knows the format does: model.json, then the files that it names. */
async function readAsStock(folder: string): Promise<LayersModel> {
  const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  return loadLayersModel({
    load: () =>
      tf.io.getModelArtifactsForJSON(json, async (manifest) => [
        manifest.flatMap((group) => group.weights),
        await Promise.all(
          manifest
            .flatMap((group) => group.paths)
            .map(async (name) => new Uint8Array(await readFile(join(folder, name))).buffer),
        ),
      ]),
  });
}

async function damagedRun(damage: (path: string) => Promise<unknown>): Promise<RunFolder> {
  const run = await tinyRun(await temporaryFolder());
  await damage(run.path);
  return run;
}

describe('a written model', () => {
  it('comes back with the same weights, bit for bit, and the same layers', async () => {
    const run = await tinyRun(await temporaryFolder(), { seed: 5 });
    const model = await run.readModel();
    expect(numbersOf(model)).toEqual(numbersOf(tinyModel({ seed: 5 })));
    expect(model.layers.map((layer) => layer.getClassName())).toEqual(['Embedding', 'GRU', 'Dense']);
  });

  it('is model.json and weights.bin, which stock TF.js reads', async () => {
    const run = await tinyRun(await temporaryFolder());
    const json = JSON.parse(await readFile(join(run.path, 'model.json'), 'utf8'));
    expect(json.weightsManifest).toHaveLength(1);
    expect(json.weightsManifest[0].paths).toEqual(['weights.bin']);
    expect(await readdir(run.path)).toEqual([
      'config.yaml',
      'labels.txt',
      'model.json',
      'run.json',
      'vocabulary.txt',
      'weights.bin',
    ]);
    const model = await readAsStock(run.path);
    const output = model.predict(tf.tensor2d([[1, 4, 3, 0]], [1, 4], 'int32')) as tf.Tensor;
    const expected = tinyModel().predict(tf.tensor2d([[1, 4, 3, 0]], [1, 4], 'int32')) as tf.Tensor;
    expect(output.dataSync()).toEqual(expected.dataSync());
  });

  it('replaces the one before, and the caller may go on with it', async () => {
    const run = await tinyRun(await temporaryFolder());
    const model = tinyModel({ seed: 2 });
    await run.writeModel(model);
    expect(numbersOf(await run.readModel())).toEqual(numbersOf(model));
  });

  it('leaves no tensor behind', async () => {
    const run = await tinyRun(await temporaryFolder());
    const before = tf.memory().numTensors;
    const model = await run.readModel();
    await run.writeModel(model);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a kill while a model is written', () => {
  it.each([0, 1, 2, 3, 4])(
    'leaves the former or the new one when it comes after %i files',
    async (written) => {
      const run = await tinyRun(await temporaryFolder(), { seed: 1 });
      await run.writeSummary({ status: 'running' });
      const original = await vi.importActual<typeof import('../../src/files/write-atomically.js')>(
        '../../src/files/write-atomically.js',
      );
      let calls = 0;
      vi.mocked(writeAtomically).mockImplementation(async (...parameters) => {
        if (calls === written) throw new Error('killed');
        calls += 1;
        return original.writeAtomically(...parameters);
      });
      const writing = run.writeModel(tinyModel({ seed: 2 }));
      if (written < 4) await expect(writing).rejects.toThrow('killed');
      else await writing;
      const expected = numbersOf(tinyModel({ seed: written < 2 ? 1 : 2 }));
      expect(numbersOf(await run.readModel())).toEqual(expected);
      expect(numbersOf(await readAsStock(run.path))).toEqual(expected);
      expect(await modelState(run.path)).toBe('whole');

      vi.mocked(writeAtomically).mockReset();
      await run.writeModel(tinyModel({ seed: 3 }));
      expect((await readdir(run.path)).filter((name) => name.endsWith('.bin'))).toEqual(['weights.bin']);
      expect(numbersOf(await run.readModel())).toEqual(numbersOf(tinyModel({ seed: 3 })));
    },
  );

  it('never lets a reader beside it see a mix of two epochs', async () => {
    const run = await tinyRun(await temporaryFolder(), { seed: 1 });
    await run.writeSummary({ status: 'running' });
    const models = [1, 2].map((seed) => tinyModel({ seed }));
    const allowed = models.map((model) => JSON.stringify(numbersOf(model)));
    let writing = true;
    const writer = (async () => {
      for (let turn = 0; turn < 15; turn += 1) await run.writeModel(models[turn % 2]);
      writing = false;
    })();
    while (writing) expect(allowed).toContain(JSON.stringify(numbersOf(await run.readModel())));
    await writer;
  });
});

describe('a damaged model', () => {
  it('is refused when its weights are cut short', async () => {
    const run = await damagedRun((path) => truncate(join(path, 'weights.bin'), 100));
    await expect(run.readModel()).rejects.toMatchObject({
      name: 'UserError',
      message: `${join(run.path, 'weights.bin')} has 100 bytes, expected 496: it was cut short.`,
    });
    expect(await modelState(run.path)).toBe('damaged');
  });

  it('is refused when a single bit of its weights is another', async () => {
    const run = await damagedRun(async (path) => {
      const weights = await readFile(join(path, 'weights.bin'));
      weights[77] ^= 1;
      await writeFile(join(path, 'weights.bin'), weights);
    });
    await expect(run.readModel()).rejects.toThrow('weights.bin was changed after it was written');
  });

  it('is refused when its weights are missing', async () => {
    const run = await damagedRun((path) => rm(join(path, 'weights.bin')));
    await expect(run.readModel()).rejects.toMatchObject({
      name: 'UserError',
      message: `${join(run.path, 'weights.bin')} is missing.`,
    });
    expect(await modelState(run.path)).toBe('damaged');
  });

  it('is refused when model.json is cut short, empty, or something else', async () => {
    for (const [content, message] of [
      ['{"modelTopology": {"cl', 'is not whole JSON'],
      ['', 'is not whole JSON'],
      ['{}', 'is not a TF.js layers model'],
    ]) {
      const run = await damagedRun((path) => writeFile(join(path, 'model.json'), content));
      await expect(run.readModel()).rejects.toMatchObject({
        name: 'UserError',
        message: expect.stringContaining(message),
      });
    }
  });

  it('is refused when it names a layer that this version does not have', async () => {
    const run = await damagedRun(async (path) => {
      const text = await readFile(join(path, 'model.json'), 'utf8');
      await writeFile(join(path, 'model.json'), text.replace('"class_name":"GRU"', '"class_name":"Mamba"'));
    });
    await expect(run.readModel()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('Mamba'),
      hint: expect.stringContaining('newer version'),
    });
  });

  it('is refused when its embedding is not of the size of the vocabulary', async () => {
    const run = await tinyRun(await temporaryFolder());
    await run.writeModel(tinyModel({ idCount: 20 }));
    await expect(run.readModel()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('has 20 rows, but vocabulary.txt with 3 OOV buckets makes 12 ids'),
    });
  });

  it('is refused when it gives probabilities for other labels', async () => {
    const run = await tinyRun(await temporaryFolder());
    await run.writeModel(tinyModel({ columns: 5 }));
    await expect(run.readModel()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('gives 5 probabilities, but labels.txt names 2 labels'),
    });
  });
});
