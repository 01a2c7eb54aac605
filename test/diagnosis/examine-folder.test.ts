import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examineFolder } from '../../src/diagnosis/examine-folder.js';
import { temporaryFolder } from '../runs/tiny-run.js';

const isRoot = process.getuid?.() === 0;

describe('a folder', () => {
  it('that is there has its free bytes', async () => {
    const path = await temporaryFolder();
    const facts = await examineFolder(path);
    expect(facts).toEqual({ path, exists: true, freeBytes: expect.any(Number) });
    expect(facts.freeBytes).toBeGreaterThan(0);
  });

  it('that is not there yet is judged by the one above', async () => {
    const path = join(await temporaryFolder(), 'a/b');
    expect(await examineFolder(path)).toEqual({ path, exists: false, freeBytes: expect.any(Number) });
  });

  it('that is a file, or lies below one, cannot be written', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    expect((await examineFolder(file)).problem).toBe(`${file} is a file`);
    expect((await examineFolder(join(file, 'below'))).problem).toMatch(/ENOTDIR|is a file/);
  });

  it.skipIf(isRoot || process.platform === 'win32')(
    'that may not be written says so (skipped for root, who may write anywhere, and on Windows)',
    async () => {
      const path = join(await temporaryFolder(), 'locked');
      await mkdir(path);
      await chmod(path, 0o500);
      expect((await examineFolder(path)).problem).toBe(`${path} cannot be written (EACCES)`);
    },
  );
});
