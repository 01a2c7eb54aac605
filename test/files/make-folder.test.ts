import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, makeFolderSync } from '../../src/files/make-folder.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'make-folder-'));
  await writeFile(join(folder, 'file'), '');
  await symlink('/nowhere/at/all', join(folder, 'dangling'));
  await symlink('circle', join(folder, 'circle'));
  await mkdir(join(folder, 'there'));
  await symlink('there', join(folder, 'link'));
});
afterAll(() => rm(folder, { recursive: true }));

const isFolder = async (path: string) => (await stat(path)).isDirectory();

describe.each([
  ['at once', async (path: string) => makeFolderSync(path)],
  ['in turns', makeFolder],
])('making a folder, %s', (way, make) => {
  it('makes all that lead to it, and leaves what is there', async () => {
    const deep = join(folder, way, 'a', 'b', 'c');
    await make(deep);
    await writeFile(join(deep, 'kept'), '');
    await make(deep);
    await make(join(folder, 'link'));
    await make('/');
    expect(await isFolder(deep)).toBe(true);
    expect(existsSync(join(deep, 'kept'))).toBe(true);
  });

  it('does not mind who makes it first', async () => {
    const path = join(folder, way, 'x', 'y');
    await Promise.all(Array.from({ length: 8 }, () => make(path)));
    expect(await isFolder(path)).toBe(true);
  });

  it.each([
    ['a file', 'file', 'EEXIST'],
    ['a link to nowhere', 'dangling', 'EEXIST'],
    ['a path through a file', 'file/x/y', 'ENOTDIR'],
    ['links in a circle', 'circle', 'ELOOP'],
    ['a name too long', `${'x'.repeat(300)}/y`, 'ENAMETOOLONG'],
  ])('throws what the system says: %s', async (_what, path, code) => {
    await expect(make(join(folder, path))).rejects.toMatchObject({ code });
  });

  it('throws for an empty path', async () => {
    await expect(make('')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.skipIf(!existsSync('/proc/self'))(
    'ends in /proc, where nothing can be made (skipped without it)',
    async () => {
      await expect(make('/proc/imdb-rnn/x/y')).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );
});

it('is the only way in which the program makes folders with all that lead to them', async () => {
  const source = join(import.meta.dirname, '..', '..', 'src');
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(300);
  const texts = await Promise.all(files.map((name) => readFile(join(source, name), 'utf8')));
  expect(files.filter((_, at) => /\bmkdir(Sync)?\([^;]*recursive/.test(texts[at]))).toEqual([]);
});
