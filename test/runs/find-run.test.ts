import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { packageFile } from '../../src/files/package-root.js';
import { createRun } from '../../src/runs/create-run.js';
import { findRun } from '../../src/runs/find-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { temporaryFolder, tinyConfig, tinyLabels, tinyRun, tinyVocabulary, useCpu } from './tiny-run.js';

vi.mock('../../src/files/package-root.js', { spy: true });

beforeAll(useCpu);
afterEach(() => {
  vi.mocked(packageFile).mockReset();
});

/** Makes a run as old as said, whatever the clock tells. */
async function madeAt(run: RunFolder, created: string): Promise<RunFolder> {
  const path = join(run.path, 'run.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), created }));
  return run;
}
const withoutModel = (modelsDir: string, name: string) =>
  createRun(modelsDir, { name, config: tinyConfig(), vocabulary: tinyVocabulary, labels: tinyLabels });

describe('findRun without a name', () => {
  it('takes the newest run by the time in run.json, not by its name', async () => {
    const modelsDir = await temporaryFolder();
    await madeAt(await tinyRun(modelsDir, { name: 'b' }), '2024-03-01T10:00:00Z');
    await madeAt(await tinyRun(modelsDir, { name: 'a' }), '2024-03-02T10:00:00Z');
    await madeAt(await tinyRun(modelsDir, { name: 'c' }), '2023-03-02T10:00:00Z');
    expect((await findRun(modelsDir)).path).toBe(join(modelsDir, 'a'));
  });

  it('passes over runs without a model, and damaged ones, with a note', async () => {
    const modelsDir = await temporaryFolder();
    const whole = await madeAt(await tinyRun(modelsDir, { name: 'whole' }), '2024-03-01T10:00:00Z');
    const damaged = await madeAt(await tinyRun(modelsDir, { name: 'damaged' }), '2024-03-02T10:00:00Z');
    await truncate(join(damaged.path, 'weights.bin'), 10);
    await madeAt(await withoutModel(modelsDir, 'started'), '2024-03-03T10:00:00Z');
    await mkdir(join(modelsDir, 'something-else'));
    const notes: string[] = [];
    expect((await findRun(modelsDir, undefined, { onNote: (note) => notes.push(note) })).path).toBe(
      whole.path,
    );
    expect(notes).toEqual([
      `${join(modelsDir, 'started')} has no model yet: taking an older run`,
      `${join(modelsDir, 'damaged')} has a damaged model: taking an older run`,
    ]);
  });

  it('passes over a run whose run.json is gone, or takes it with a warning where it is trusted', async () => {
    const modelsDir = await temporaryFolder();
    await madeAt(await tinyRun(modelsDir, { name: 'old' }), '2020-01-01T00:00:00Z');
    const run = await tinyRun(modelsDir, { name: 'new' });
    await rm(join(run.path, 'run.json'));
    const { found, notes } = await findWithNotes(modelsDir);
    expect([found.name, notes]).toEqual([
      'old',
      [
        `${run.path} is not proven to be whole: its run.json is missing, damaged or of a newer version: taking an older run`,
      ],
    ]);
    const trusted = await findWithNotes(modelsDir, { trust: true });
    expect([trusted.found.name, trusted.warnings]).toEqual(['new', []]);
    await trusted.found.readConfig();
    expect(trusted.warnings).toEqual([expect.stringContaining('run.json is missing or damaged')]);
  });

  it.each([
    ['running', 'is unfinished: its training was killed'],
    ['interrupted', 'is unfinished: its training was interrupted'],
    [undefined, 'is unfinished: its training was killed'],
  ])('takes the newest that is finished, not one whose status is %s', async (status, reason) => {
    const modelsDir = await temporaryFolder();
    await madeAt(await tinyRun(modelsDir, { name: 'done' }), '2024-03-01T10:00:00Z');
    const newer = await madeAt(await tinyRun(modelsDir, { name: 'newer' }), '2024-03-02T10:00:00Z');
    await newer.writeSummary({ status });
    const { found, notes, warnings } = await findWithNotes(modelsDir);
    expect([found.name, notes, warnings]).toEqual([
      'done',
      [`${newer.path} ${reason}: taking an older run`],
      [],
    ]);
  });

  it('takes an unfinished one with a warning where none is finished', async () => {
    const modelsDir = await temporaryFolder();
    const older = await madeAt(await tinyRun(modelsDir, { name: 'older' }), '2024-03-01T10:00:00Z');
    await older.writeSummary({ status: 'interrupted' });
    const newer = await madeAt(await tinyRun(modelsDir, { name: 'newer' }), '2024-03-02T10:00:00Z');
    await newer.writeSummary({ status: 'running' });
    const started = await madeAt(await withoutModel(modelsDir, 'started'), '2024-03-03T10:00:00Z');
    const { found, notes, warnings } = await findWithNotes(modelsDir);
    expect([found.name, notes, warnings]).toEqual([
      'newer',
      [`${started.path} has no model yet: taking an older run`],
      [
        `${newer.path} is unfinished: its training was killed; no run is finished, so its model as it is so far is taken`,
      ],
    ]);
  });
});

async function findWithNotes(modelsDir: string, options: { trust?: boolean } = {}) {
  const [notes, warnings]: string[][] = [[], []];
  const found = await findRun(modelsDir, undefined, {
    ...options,
    onNote: (note) => notes.push(note),
    onWarning: (warning) => warnings.push(warning),
  });
  return { found, notes, warnings };
}

describe('findRun where nothing was trained', () => {
  it('takes the model that ships with the program, and says so', async () => {
    const packaged = await temporaryFolder();
    const run = await tinyRun(packaged, { name: 'gru-small' });
    vi.mocked(packageFile).mockImplementation((_, name) => join(packaged, name));
    const notes: string[] = [];
    const found = await findRun('nowhere', undefined, { onNote: (note) => notes.push(note) });
    expect(found.path).toBe(run.path);
    expect(notes).toEqual([
      'no trained run in nowhere: using gru-small, the small model that ships with imdb-rnn',
    ]);
    expect((await findRun('nowhere', 'gru-small')).path).toBe(run.path);
  });

  it('says how to train one when not even that is there', async () => {
    vi.mocked(packageFile).mockImplementation((_, name) => join('not-there', name));
    await expect(findRun('nowhere')).rejects.toMatchObject({
      name: 'UserError',
      message: 'There is no trained run in nowhere.',
      hint: 'Train one: imdb-rnn train --config gru2.yaml',
    });
  });
});

describe('findRun with a name', () => {
  it('takes a name in the models folder, or a path', async () => {
    const modelsDir = await temporaryFolder();
    const run = await tinyRun(modelsDir, { name: 'mine' });
    expect((await findRun(modelsDir, 'mine')).path).toBe(run.path);
    expect((await findRun('nowhere', run.path)).path).toBe(run.path);
  });

  it('says what is meant or available when there is no such run', async () => {
    const modelsDir = await temporaryFolder();
    await expect(findRun(modelsDir, 'gru')).rejects.toMatchObject({
      name: 'UserError',
      message: `There is no run "gru" in ${modelsDir}.`,
      hint: 'Train one: imdb-rnn train --config gru2.yaml',
    });
    await tinyRun(modelsDir, { name: 'gru2-classic' });
    await expect(findRun(modelsDir, 'gru2-clasic')).rejects.toMatchObject({
      hint: 'Did you mean gru2-classic?',
    });
    await expect(findRun(modelsDir, 'x')).rejects.toMatchObject({
      hint: 'Available, the newest first: gru2-classic.',
    });
  });

  it('refuses a folder that is no run, and a run without a model', async () => {
    const modelsDir = await temporaryFolder();
    await mkdir(join(modelsDir, 'other'));
    await expect(findRun(modelsDir, 'other')).rejects.toThrow('is not a run: it has no config.yaml');
    await withoutModel(modelsDir, 'started');
    await expect(findRun(modelsDir, 'started')).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('has no model yet: its training did not finish an epoch'),
    });
  });
});
