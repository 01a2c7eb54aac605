import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageFile } from '../../src/files/package-root.js';
import { thisProcess } from '../../src/files/process-identity.js';
import { temporaryPath } from '../../src/files/write-atomically.js';
import { moveRun } from '../../src/runs/move-run.js';
import { removeRun } from '../../src/runs/remove-run.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { trainerOf } from '../../src/runs/run-lock.js';
import { runProgress } from '../../src/runs/run-progress.js';
import { temporaryFolder, tinyRun, useCpu } from './tiny-run.js';

let modelsDir: string;
let run: RunFolder;
beforeAll(useCpu);
beforeEach(async () => {
  modelsDir = await temporaryFolder();
  run = await tinyRun(modelsDir);
});
afterEach(() => rm(modelsDir, { recursive: true }));

const names = async () => (await readdir(modelsDir)).sort();
/** Locks the run as a training of this process would, or of another one. */
async function lockedBy(other: { readonly pid?: number; readonly host?: string } = {}): Promise<void> {
  const owner = { purpose: 'training', command: 'imdb-rnn train', since: new Date().toISOString() };
  const { started, ...own } = await thisProcess();
  const its = other.pid === undefined ? { ...own, started } : own;
  await writeFile(join(run.path, 'run.lock'), `${JSON.stringify({ ...owner, ...its, ...other })}\n`);
}
/** No process of Linux, macOS or Windows has this id. */
const deadProcess = 2 ** 30;

describe('removing a run', () => {
  it('leaves nothing of it, and what stands beside it', async () => {
    await tinyRun(modelsDir, { name: 'other' });
    await removeRun(run);
    expect(await names()).toEqual(['other']);
  });

  it('takes along what a process left that died in the middle of a removal, and nothing of one that lives', async () => {
    const leftOver = `.removed-old.${deadProcess}@${temporaryPath('x').split('@')[1]}`;
    const ours = temporaryPath('.removed-young');
    for (const name of [leftOver, ours]) await mkdir(join(modelsDir, name));
    await removeRun(run);
    expect(await names()).toEqual([ours]);
  });

  it.each([
    ['a folder whose only sign is a config.yaml', ['run.json', 'labels.txt', 'vocabulary.txt'], undefined],
    ['a folder with another folder in it', [], 'src'],
  ])('refuses %s', async (_, without, folder) => {
    for (const name of without) await rm(join(run.path, name));
    if (folder) await mkdir(join(run.path, folder));
    const before = await readdir(run.path);
    await expect(removeRun(run)).rejects.toThrow(/does not look like the folder of a training/);
    expect(await readdir(run.path)).toEqual(before);
  });

  it('refuses a link, which may lead anywhere', async () => {
    await symlink(run.path, join(modelsDir, 'link'), 'dir');
    await expect(removeRun(new RunFolder(join(modelsDir, 'link')))).rejects.toThrow(
      /a link to another place/,
    );
    expect(await names()).toEqual(['link', 'tiny']);
  });

  it('refuses the run that ships with the program', async () => {
    await expect(removeRun(new RunFolder(packageFile('models', 'gru-small')))).rejects.toThrow(
      /ships with the program and cannot be removed/,
    );
  });

  it('refuses a run that is being trained, and no run whose training has died', async () => {
    await lockedBy();
    await expect(removeRun(run)).rejects.toThrow(
      `is being trained by process ${process.pid} (imdb-rnn train) on `,
    );
    await expect(moveRun(run, 'new')).rejects.toThrow('cannot be renamed');
    expect(await names()).toEqual(['tiny']);
    await lockedBy({ pid: deadProcess });
    await removeRun(run);
    expect(await names()).toEqual([]);
  });
});

describe('the owner of a run', () => {
  it('is a living process of this machine, or any of another', async () => {
    expect(await trainerOf(run.path)).toBeUndefined();
    expect(await runProgress(run)).toBe('finished');
    await lockedBy();
    expect(await runProgress(run)).toBe('running');
    await lockedBy({ pid: deadProcess });
    expect(await runProgress(run)).toBe('finished');
    await lockedBy({ pid: deadProcess, host: 'elsewhere' });
    expect(await trainerOf(run.path)).toMatchObject({ pid: deadProcess, host: 'elsewhere' });
  });
});

describe('renaming a run', () => {
  it('moves the folder as it is', async () => {
    const before = await readdir(run.path);
    const moved = await moveRun(run, 'Größe-2.b');
    expect(moved.name).toBe('Größe-2.b');
    expect(await names()).toEqual(['Größe-2.b']);
    expect(await readdir(moved.path)).toEqual(before);
  });

  it.each(['../up', 'a/b', '.hidden', ''])('refuses %j, which cannot be a name', async (name) => {
    await expect(moveRun(run, name)).rejects.toThrow('cannot be the name of a run');
    expect(await names()).toEqual(['tiny']);
  });

  it('refuses a name that is taken, also by an empty folder', async () => {
    await mkdir(join(modelsDir, 'taken'));
    await expect(moveRun(run, 'taken')).rejects.toThrow(`${join(modelsDir, 'taken')} is already there.`);
    expect(await names()).toEqual(['taken', 'tiny']);
  });
});
