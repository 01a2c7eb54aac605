import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeAtomically } from '../../src/files/write-atomically.js';
import { Random } from '../../src/random/random.js';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../src/runs/checkpoint-files.js';
import { temporaryFolder, useCpu } from './tiny-run.js';

vi.mock('../../src/files/write-atomically.js', { spy: true });

beforeAll(useCpu);
afterEach(() => {
  vi.mocked(writeAtomically).mockReset();
});

/** Numbers that a round trip through text, or through 64 bits and back, would spoil. */
const odd = Float32Array.of(-0, 1e-45, 3.4028234663852886e38, 0.1, Number.POSITIVE_INFINITY, Number.NaN);
/** Bytes, since NaN and -0 compare badly as numbers. */
const bytesOf = (tensor: tf.Tensor) => {
  const values = tensor.dataSync();
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
};

function checkpointOf(step: number): Checkpoint {
  return {
    weights: [
      { name: 'embedding', tensor: tf.tensor2d(odd, [2, 3]) },
      { name: 'bias', tensor: tf.tensor1d([step]) },
    ],
    slots: [
      // Names need not differ between the two lists.
      { name: 'bias', tensor: tf.tensor1d([step / 3]) },
      { name: 'iter', tensor: tf.scalar(step, 'int32') },
    ],
    state: { step, epoch: 1, shuffle: new Random(step).state, bestLoss: 0.1 + 0.2, history: [1, null, 'x'] },
  };
}

describe('a checkpoint', () => {
  it('comes back bit for bit, tensors and state', async () => {
    const folder = await temporaryFolder();
    const written = checkpointOf(7);
    await writeCheckpoint(folder, written);
    const read = (await readCheckpoint(folder))!;
    expect(read.state).toEqual(written.state);
    for (const list of ['weights', 'slots'] as const) {
      expect(read[list].map(({ name }) => name)).toEqual(written[list].map(({ name }) => name));
      for (const [index, { tensor }] of read[list].entries()) {
        expect(tensor.shape).toEqual(written[list][index].tensor.shape);
        expect(tensor.dtype).toBe(written[list][index].tensor.dtype);
        expect(bytesOf(tensor)).toBe(bytesOf(written[list][index].tensor));
      }
    }
  });

  it('goes on with the same random numbers', async () => {
    const folder = await temporaryFolder();
    const random = new Random(3);
    random.next();
    await writeCheckpoint(folder, { weights: [], slots: [], state: { shuffle: random.state } });
    const { state } = (await readCheckpoint(folder))!;
    expect(new Random(0, (state as { shuffle: unknown }).shuffle).next()).toBe(random.next());
  });

  it('replaces the one before and leaves two files', async () => {
    const folder = await temporaryFolder();
    await writeCheckpoint(folder, checkpointOf(1));
    await writeCheckpoint(folder, checkpointOf(2));
    expect((await readCheckpoint(folder))?.state).toMatchObject({ step: 2 });
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('is undefined where none was written', async () => {
    expect(await readCheckpoint(join(await temporaryFolder(), 'checkpoint'))).toBeUndefined();
  });

  it('disposes nothing and makes no more tensors than it gives back', async () => {
    const folder = await temporaryFolder();
    const checkpoint = checkpointOf(1);
    const before = tf.memory().numTensors;
    await writeCheckpoint(folder, checkpoint);
    expect(tf.memory().numTensors).toBe(before);
    await readCheckpoint(folder);
    expect(tf.memory().numTensors).toBe(before + 4);
  });

  it('refuses a state that JSON would change', async () => {
    const folder = await temporaryFolder();
    for (const state of [
      { loss: Number.NaN },
      { done: undefined },
      { when: new Date(0) },
      { ids: Int32Array.of(1) },
    ]) {
      await expect(writeCheckpoint(folder, { weights: [], slots: [], state })).rejects.toThrow('plain JSON');
    }
  });
});

describe('a kill while a checkpoint is written', () => {
  it.each([0, 1])('leaves the former one whole when it comes after %i files', async (written) => {
    const folder = await temporaryFolder();
    await writeCheckpoint(folder, checkpointOf(1));
    const original = await vi.importActual<typeof import('../../src/files/write-atomically.js')>(
      '../../src/files/write-atomically.js',
    );
    let calls = 0;
    vi.mocked(writeAtomically).mockImplementation(async (...parameters) => {
      if (calls === written) throw new Error('killed');
      calls += 1;
      return original.writeAtomically(...parameters);
    });
    await expect(writeCheckpoint(folder, checkpointOf(2))).rejects.toThrow('killed');
    const read = (await readCheckpoint(folder))!;
    expect(read.state).toMatchObject({ step: 1 });
    expect([...read.weights[1].tensor.dataSync()]).toEqual([1]);
  });
});

describe('a damaged checkpoint', () => {
  it('is refused when its numbers are cut short or its index is not whole', async () => {
    const folder = await temporaryFolder();
    await writeCheckpoint(folder, checkpointOf(1));
    const numbers = (await readdir(folder)).find((name) => name.startsWith('tensors-'))!;
    await truncate(join(folder, numbers), 8);
    await expect(readCheckpoint(folder)).rejects.toMatchObject({
      name: 'UserError',
      message: `${join(folder, numbers)} has 8 bytes, expected 36: it was cut short.`,
    });
    const index = await readFile(join(folder, 'checkpoint.json'), 'utf8');
    await writeFile(join(folder, 'checkpoint.json'), index.slice(0, 50));
    await expect(readCheckpoint(folder)).rejects.toThrow('is not whole JSON');
    await writeFile(join(folder, 'checkpoint.json'), '{"step": 1}');
    await expect(readCheckpoint(folder)).rejects.toThrow('is not a checkpoint of this version');
  });
});
