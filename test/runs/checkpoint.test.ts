import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeAtomically } from '../../src/files/write-atomically.js';
import { Random } from '../../src/random/random.js';
import {
  type Checkpoint,
  encodeCheckpoint,
  readCheckpoint,
  removeFormerCheckpoint,
  writeCheckpoint as writeEncoded,
} from '../../src/runs/checkpoint-files.js';
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

const writeCheckpoint = async (folder: string, checkpoint: Checkpoint) =>
  writeEncoded(folder, encodeCheckpoint(checkpoint));

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

  it('replaces the one before, which stays as a spare as long as it is wanted', async () => {
    const folder = await temporaryFolder();
    for (const step of [1, 2, 3]) await writeCheckpoint(folder, checkpointOf(step));
    expect((await readCheckpoint(folder))?.state).toMatchObject({ step: 3 });
    expect(await readdir(folder)).toHaveLength(4);
    await removeFormerCheckpoint(folder);
    expect((await readCheckpoint(folder))?.state).toMatchObject({ step: 3 });
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('is what the tensors were when it was taken, whatever becomes of them', async () => {
    const folder = await temporaryFolder();
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const taken = encodeCheckpoint({
      weights: [{ name: 'w', tensor: weight.clone() }],
      slots: [],
      state: {},
    });
    weight.dataSync().fill(7);
    weight.assign(tf.tensor1d([8, 8]));
    await writeEncoded(folder, taken);
    expect([...(await readCheckpoint(folder))!.weights[0].tensor.dataSync()]).toEqual([1, 2]);
  });

  it('keeps lists of tensors that it knows nothing of, and how far the metrics were', async () => {
    const folder = await temporaryFolder();
    const averages = [{ name: 'a', tensor: tf.tensor1d([0.1, 0.2]) }];
    const checkpoint = { ...checkpointOf(1), averages, none: undefined, metrics: { bytes: 7 } };
    await writeCheckpoint(folder, checkpoint);
    const read = (await readCheckpoint(folder))! as Checkpoint & { averages: typeof averages };
    expect(read.metrics).toEqual({ bytes: 7 });
    expect(bytesOf(read.averages[0].tensor)).toBe(bytesOf(averages[0].tensor));
    expect(read.averages[0].name).toBe('a');
    expect(bytesOf(read.slots[0].tensor)).toBe(bytesOf(checkpoint.slots[0].tensor));
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

/** Lets so many files be written, then nothing more. */
async function killAfter(written: number, work: () => Promise<unknown>): Promise<void> {
  const original = await vi.importActual<typeof import('../../src/files/write-atomically.js')>(
    '../../src/files/write-atomically.js',
  );
  let calls = 0;
  vi.mocked(writeAtomically).mockImplementation(async (...parameters) => {
    if (calls === written) throw new Error('killed');
    calls += 1;
    return original.writeAtomically(...parameters);
  });
  await expect(work()).rejects.toThrow('killed');
  vi.mocked(writeAtomically).mockReset();
}

describe('a kill while a checkpoint is written', () => {
  it.each([0, 1])('leaves the former one whole when it comes after %i files', async (written) => {
    const folder = await temporaryFolder();
    await writeCheckpoint(folder, checkpointOf(1));
    await killAfter(written, () => writeCheckpoint(folder, checkpointOf(2)));
    const read = (await readCheckpoint(folder))!;
    expect(read.state).toMatchObject({ step: 1 });
    expect([...read.weights[1].tensor.dataSync()]).toEqual([1]);
  });
});

describe('a damaged checkpoint', () => {
  /** Two checkpoints, the second one then damaged. */
  async function damaged(damage: (folder: string, numbers: string) => Promise<void>) {
    const folder = await temporaryFolder();
    await writeCheckpoint(folder, checkpointOf(1));
    const former = await readdir(folder);
    await writeCheckpoint(folder, checkpointOf(2));
    const numbers = (await readdir(folder)).find(
      (name) => name.startsWith('tensors-') && !former.includes(name),
    )!;
    await damage(folder, numbers);
    const notes: string[] = [];
    const read = await readCheckpoint(folder, { onNote: (note) => notes.push(note) });
    return { folder, numbers, read: read!, notes };
  }

  it('gives way to the one before, with a note, when its numbers were cut short', async () => {
    const { folder, numbers, read, notes } = await damaged((folder, name) => truncate(join(folder, name), 8));
    expect(read.state).toMatchObject({ step: 1 });
    expect([...read.weights[1].tensor.dataSync()]).toEqual([1]);
    expect(notes).toEqual([
      `${join(folder, numbers)} has 8 bytes, expected 36: it was cut short. The checkpoint before it is whole and is taken.`,
    ]);
  });

  it('gives way to the one before when its index is no JSON, or gone', async () => {
    const broken = await damaged((folder) => writeFile(join(folder, 'checkpoint.json'), '{"sta'));
    expect([broken.read.state, broken.notes.length]).toMatchObject([{ step: 1 }, 1]);
    const gone = await damaged((folder) => rm(join(folder, 'checkpoint.json')));
    expect([gone.read.state, gone.notes]).toMatchObject([
      { step: 1 },
      [expect.stringContaining('checkpoint.json is gone')],
    ]);
  });

  it.each([0, 1, 2])(
    'leaves a whole one when the training goes on and a kill comes after %i files',
    async (written) => {
      const { folder } = await damaged((folder, name) => truncate(join(folder, name), 8));
      await killAfter(written, () => writeCheckpoint(folder, checkpointOf(3)));
      const { step } = (await readCheckpoint(folder))!.state as { step: number };
      expect(step).toBe(written === 2 ? 3 : 1);
    },
  );

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
