import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAtomically } from '../../src/files/open-atomically.js';
import { temporaryFolder } from '../runs/tiny-run.js';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true }));

describe('a file that is written piece by piece', () => {
  it('has its name only when it is whole, and then leaves nothing beside it', async () => {
    const path = join(folder, 'x.csv');
    await writeFile(path, 'former');
    const file = await openAtomically(path);
    await file.write('one\n');
    await file.write('two\n');
    expect(await readFile(path, 'utf8')).toBe('former');
    await file.commit();
    await file.discard();
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
    expect(await readdir(folder)).toEqual(['x.csv']);
  });

  it('can be changed as a whole at the end', async () => {
    const path = join(folder, 'x.csv');
    const file = await openAtomically(path);
    await file.write('one');
    await file.commit(async function* (content) {
      for await (const part of content) yield Buffer.from(part.toString().toUpperCase());
    });
    expect(await readFile(path, 'utf8')).toBe('ONE');
    expect(await readdir(folder)).toEqual(['x.csv']);
  });

  it('leaves nothing when it is discarded', async () => {
    const file = await openAtomically(join(folder, 'x.csv'));
    await file.write('one');
    await file.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused at once where a folder has its name', async () => {
    await mkdir(join(folder, 'x.csv'));
    await expect(openAtomically(join(folder, 'x.csv'))).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
