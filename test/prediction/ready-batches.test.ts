import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readyBatches } from '../../src/prediction/ready-batches.js';

async function* arriving(...bursts: number[][]) {
  for (const [index, burst] of bursts.entries()) {
    if (index > 0) await setTimeout(20);
    for (const item of burst) yield [item];
  }
}

async function all<Item>(batches: AsyncIterable<Item[]>): Promise<Item[][]> {
  const list = [];
  for await (const batch of batches) list.push(batch);
  return list;
}

describe('readyBatches', () => {
  it('takes together what is there already, and waits for nothing more', async () => {
    expect(await all(readyBatches(arriving([1, 2, 3], [4], [5, 6]), { size: 10 }))).toEqual([
      [1, 2, 3],
      [4],
      [5, 6],
    ]);
  });

  it('makes no batch larger than asked for', async () => {
    expect(await all(readyBatches(arriving([1, 2, 3, 4, 5]), { size: 2 }))).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('joins and cuts portions, and keeps their order', async () => {
    async function* portions() {
      yield* [[1], [2, 3, 4, 5], [6]];
    }
    expect(await all(readyBatches(portions(), { size: 2 }))).toEqual([[1, 2], [3, 4], [5], [6]]);
  });

  it('answers nothing with nothing', async () => {
    expect(await all(readyBatches(arriving([]), { size: 2 }))).toEqual([]);
  });

  it('hands on a failure after what came before it, even one that happens while the reader is busy', async () => {
    async function* failing() {
      for (const item of [1, 2, 3]) yield [item];
      throw new Error('pipe broke');
    }
    const seen: number[][] = [];
    await expect(async () => {
      for await (const batch of readyBatches(failing(), { size: 2 })) {
        seen.push(batch);
        await setTimeout(20);
      }
    }).rejects.toThrow('pipe broke');
    expect(seen).toEqual([[1, 2], [3]]);
  });

  it('lets its reader stop early while an item is still on its way', async () => {
    async function* endless() {
      yield [1];
      await new Promise(() => {});
    }
    for await (const batch of readyBatches(endless(), { size: 2 })) {
      expect(batch).toEqual([1]);
      break;
    }
  });
});
