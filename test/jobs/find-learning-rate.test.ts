import { readdir, rm } from 'node:fs/promises';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { type FoundRate, findLearningRate, type RatePoint } from '../../src/jobs/find-learning-rate.js';
import { temporaryFolder } from '../runs/tiny-run.js';

let dataDir: string;
beforeAll(async () => {
  await useBackend('wasm', { threads: 1 });
  dataDir = await temporaryFolder();
});
afterAll(() => rm(dataDir, { recursive: true }));

const configOf = (model: object = { layers: [{ cell: 'gru', units: 4 }], embedding: { units: 4 } }) =>
  fillConfig({ dataset: { name: 'sample' }, model }, 'test');

async function find(
  config = configOf(),
  options: object = {},
): Promise<FoundRate & { told: (RatePoint & { step: number })[] }> {
  const events = findLearningRate(config, { dataDir, steps: 40, ...options });
  const told: (RatePoint & { step: number })[] = [];
  let next = await events.next();
  for (; !next.done; next = await events.next()) told.push(next.value);
  return { ...next.value, told };
}

describe('findLearningRate', () => {
  it('trains with rates that rise by the same factor, the first and the last as asked for', async () => {
    const { points, told } = await find(undefined, { from: 1e-5, to: 0.01 });
    const rates = points.map(({ learningRate }) => learningRate);
    expect(rates).toHaveLength(40);
    expect(rates[0]).toBe(1e-5);
    expect(rates.at(-1)).toBeCloseTo(0.01, 12);
    for (const [step, rate] of rates.slice(1).entries())
      expect(rate / rates[step]).toBeCloseTo(1_000 ** (1 / 39), 9);
    expect(told.map(({ step }) => step)).toEqual(points.map((_, step) => step + 1));
  });

  it('smooths the loss: the first one is the loss itself, later ones lie between those seen', async () => {
    const { points } = await find();
    expect(points[0].smoothedLoss).toBeCloseTo(points[0].loss, 12);
    const losses = points.map(({ loss }) => loss);
    for (const [step, { smoothedLoss }] of points.entries()) {
      const seen = losses.slice(0, step + 1);
      expect(smoothedLoss).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-12);
      expect(smoothedLoss).toBeLessThanOrEqual(Math.max(...seen) + 1e-12);
    }
  });

  it('is the same for the same seed, and leaves neither tensors nor runs behind', async () => {
    const first = await find();
    const before = memory().numTensors;
    expect(await find()).toEqual(first);
    expect(memory().numTensors).toBe(before);
    expect(await readdir(dataDir)).toEqual(['cache']);
  });

  it('ends where the loss runs away', async () => {
    const { points, diverged } = await find(undefined, { from: 1, to: 1e12, steps: 60 });
    expect(diverged).toBe(true);
    expect(points.length).toBeLessThan(60);
    expect(points.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });

  it('ends after the step in which it is told to', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await find(undefined, { signal: controller.signal })).toMatchObject({
      points: [],
      diverged: false,
    });
  });

  it('refuses a model without a rate, and rates without a range', async () => {
    await expect(find(configOf({ type: 'bagOfWords' }))).rejects.toThrow(
      'A model of type bagOfWords is not learnt by the gradients of batches',
    );
    await expect(find(undefined, { from: 1, to: 0.1 })).rejects.toThrow('rise from 1 to 0.1 in 40 steps');
    await expect(find(undefined, { steps: 1 })).rejects.toThrow('in 1 steps, which is no range');
  });
});
