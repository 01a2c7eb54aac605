import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { within } from '../../../src/datasets/fetch/within.js';

const late = () => new Error('too late');
const endless = new Promise<never>(() => {});

describe('waiting for work that may never end', () => {
  it('gives its result or its error', async () => {
    expect(await within(Promise.resolve(3), { ms: 1000, late })).toBe(3);
    await expect(within(Promise.reject(new Error('broken')), { ms: 1000, late })).rejects.toThrow('broken');
  });

  it('ends with the time', async () => {
    await expect(within(endless, { ms: 1, late })).rejects.toThrow('too late');
  });

  it('ends with the signal, whether it comes before or meanwhile', async () => {
    const controller = new AbortController();
    const waiting = within(endless, { ms: 60_000, late, signal: controller.signal });
    controller.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await expect(within(endless, { ms: 60_000, late, signal: controller.signal })).rejects.toThrow('stopped');
  });

  it('hands over a result that comes afterwards, and only that', async () => {
    const discarded: string[] = [];
    const discard = (result: string) => void discarded.push(result);
    const slow = pause(20, 'late');
    await expect(within(slow, { ms: 1, late, discard })).rejects.toThrow('too late');
    await slow;
    await within(Promise.resolve('in time'), { ms: 1000, late, discard });
    await pause(1);
    expect(discarded).toEqual(['late']);
  });
});
