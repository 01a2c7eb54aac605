import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLeftOver, temporaryPath, writeAtomically } from '../../src/files/write-atomically.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';

/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid;

describe('writing a whole file', () => {
  it('makes the folder, and writes texts, bytes and parts', async () => {
    const folder = join(await temporaryFolder(), 'a/b');
    await writeAtomically(join(folder, 'text'), 'café');
    await writeAtomically(join(folder, 'bytes'), new Uint8Array([0, 255]));
    await writeAtomically(join(folder, 'parts'), [Buffer.from('one '), Buffer.from('two')]);
    expect(await readFile(join(folder, 'text'), 'utf8')).toBe('café');
    expect([...(await readFile(join(folder, 'bytes')))]).toEqual([0, 255]);
    expect(await readFile(join(folder, 'parts'), 'utf8')).toBe('one two');
    expect((await readdir(folder)).sort()).toEqual(['bytes', 'parts', 'text']);
  });

  it('leaves the former file, and nothing beside it, when it fails half way', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'x');
    await writeAtomically(path, 'former');
    const broken = (function* () {
      yield Buffer.from('half');
      throw new Error('no more');
    })();
    await expect(writeAtomically(path, broken)).rejects.toThrow('no more');
    expect(await readFile(path, 'utf8')).toBe('former');
    expect(await readdir(folder)).toEqual(['x']);
  });
});

describe('temporary files that were left over', () => {
  it('go with the next writing if their process has died, and no other file does', async () => {
    const folder = await temporaryFolder();
    const living = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(living, 'spawn');
    const dead = deadPid();
    const ofDead = basename(temporaryPath('weights.bin')).replace(`.${process.pid}@`, `.${dead}@`);
    const stay = [
      `run.json.${living.pid}.tmp`,
      `run.json.${dead}@another-machine-still.tmp`,
      'notes.tmp',
      `backup.${dead}.tmp`,
      `.${dead}.tmp`,
      `run.json.${dead}.txt`,
    ];
    for (const name of [...stay, ofDead, `run.json.${dead}.tmp`]) {
      await writeFile(join(folder, name), 'half');
    }
    await writeAtomically(join(folder, 'run.json'), '{}');
    const left = await readdir(folder);
    living.kill();
    expect(left.sort()).toEqual([...stay, 'run.json'].sort());
  });

  it('are looked for once for each file', async () => {
    const folder = await temporaryFolder();
    await writeAtomically(join(folder, 'x'), 'one');
    const name = `x.${deadPid()}.tmp`;
    await writeFile(join(folder, name), 'half');
    await writeAtomically(join(folder, 'x'), 'two');
    expect((await readdir(folder)).sort()).toEqual(['x', name]);
  });

  it('are never those of a process that writes', () => {
    expect(isLeftOver(basename(temporaryPath('x')), 'x')).toBe(false);
    expect(isLeftOver(`x.${process.pid}.tmp`, 'x')).toBe(false);
    expect(isLeftOver(`x.${deadPid()}.tmp`, 'x')).toBe(true);
    expect(isLeftOver('x.tmp', 'x')).toBe(false);
  });
});
