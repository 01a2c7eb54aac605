import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageFile } from '../../src/files/package-root.js';
import { renewMetrics, renewState, renewSummary } from '../../src/runs/former-formats.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { runFormat, type Summary } from '../../src/runs/summary-file.js';
import { temporaryFolder, tinyRun, useCpu } from './tiny-run.js';

beforeAll(useCpu);

describe('a run of version 0.1.0', () => {
  it('has its metrics by name, once they are read', () => {
    const step = { type: 'step', epoch: 1, step: 20, loss: 0.7, accuracy: 0.5, reviewsPerSecond: 900 };
    expect(renewMetrics(step)).toEqual({
      ...{ type: 'step', epoch: 1, step: 20, loss: 0.7, means: { accuracy: 0.5 } },
      examplesPerSecond: 900,
    });
    const epoch = { type: 'epoch', epoch: 1, loss: 0.6, accuracy: 0.7, seconds: 3, best: true };
    expect(renewMetrics(epoch)).toEqual({
      ...{ type: 'epoch', epoch: 1, training: { loss: 0.6, accuracy: 0.7 }, seconds: 3, best: true },
    });
    expect(renewMetrics({ ...epoch, validationLoss: 0.5, validationAccuracy: 0.8 })).toMatchObject({
      validation: { loss: 0.5, accuracy: 0.8 },
    });
  });

  it('goes on from its checkpoint with the same sums', () => {
    const best = { epoch: 1, validationLoss: 0.5, validationAccuracy: 0.8 };
    const state = { epoch: 2, step: 3, sums: { loss: 9, correct: 7, reviews: 12 }, seconds: 1, best };
    expect(renewState(state)).toEqual({
      ...{ epoch: 2, step: 3, steps: 3, seconds: 1, secondsBefore: 0, history: [0.5] },
      sums: { examples: 12, loss: 9, counts: { correct: 7 } },
      best: { epoch: 1, validation: { loss: 0.5, accuracy: 0.8 } },
    });
    expect(renewState({ ...state, best: { epoch: 1 } })).toMatchObject({ best: { epoch: 1 }, history: [] });
  });

  it('is read whole: the one that ships with the program', async () => {
    const run = new RunFolder(packageFile('models', 'gru-small'));
    const summary = await run.readSummary();
    expect(summary).toMatchObject({ trainingExamples: 22_500, validationExamples: 2_500 });
    const epochs = (await run.readMetrics()).filter(({ type }) => type === 'epoch');
    expect(epochs.length).toBeGreaterThan(0);
    for (const { training, validation } of epochs) {
      expect([training, validation]).toEqual(
        new Array(2).fill({ loss: expect.any(Number), accuracy: expect.any(Number) }),
      );
    }
    expect((await run.readTask()).labels).toEqual(['negative', 'positive']);
  });
});

describe('the form of today', () => {
  const newest = { ...{ type: 'epoch', epoch: 1 }, training: { loss: 1, accuracy: 0.5 }, best: true };

  it('stays as it is', () => {
    expect(renewMetrics(newest)).toBe(newest);
    const state = { sums: { examples: 1, loss: 2, counts: {} } };
    expect(renewState(state)).toBe(state);
  });

  it('has its number in run.json', async () => {
    const run = await tinyRun(await temporaryFolder());
    expect((await run.readSummary())?.format).toBe(runFormat);
  });
});

describe('a run of a newer version', () => {
  it('is refused, and the advice names the version that wrote it', async () => {
    const run = await tinyRun(await temporaryFolder());
    const path = join(run.path, 'run.json');
    const summary = JSON.parse(await readFile(path, 'utf8')) as Summary;
    const newer = { ...summary, format: runFormat + 1, versions: { 'imdb-rnn': '9.9.9' } };
    await writeFile(path, JSON.stringify(newer));
    await expect(new RunFolder(run.path).readConfig()).rejects.toMatchObject({
      message: `${run.path} has the run format ${runFormat + 1}; this version knows formats up to ${runFormat}.`,
      hint: expect.stringContaining('a newer imdb-rnn, 9.9.9'),
    });
    expect(() => renewSummary(newer, 'x')).toThrow('x has the run format');
  });
});
