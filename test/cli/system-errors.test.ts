import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  await symlink('circle', join(folder, 'circle'));
});
afterAll(() => rm(folder, { recursive: true }));

async function expectMessage(args: readonly string[], code: string): Promise<void> {
  const result = await runCli(args, { cwd: folder });
  expect(result.stderr).toMatch(new RegExp(`^error: [^\n]+ \\(${code}\\)\\.\nhint: [^\n]+\\.\n$`));
  expect(result).toMatchObject({ code: 1, stdout: '' });
}

const tooLong = 'x'.repeat(300);

describe.skipIf(process.platform === 'win32')('a path that cannot be used (skipped on Windows)', () => {
  it.each([
    ['a file', 'file', 'EEXIST'],
    ['an empty path', '', 'ENOENT'],
    ['a path through a file', 'file/x', 'ENOTDIR'],
    ['links in a circle', 'circle', 'ELOOP'],
    ['a name too long', tooLong, 'ENAMETOOLONG'],
  ])('is told without a stack where runs should go: %s', async (_what, modelsDir, code) => {
    const train = ['train', '--config', 'bag-of-words', '--set', 'dataset.name=sample', '--quiet'];
    await expectMessage([...train, '--models-dir', modelsDir], code);
  });

  it('is told without a stack where it is a name of a run', async () => {
    const train = ['train', '--config', 'bag-of-words', '--set', 'dataset.name=sample', '--quiet'];
    await expectMessage([...train, '--name', tooLong], 'ENAMETOOLONG');
  });

  it.each([
    ['nothing', 'nothing', 'ENOENT'],
    ['an empty path', '', 'ENOENT'],
    ['a path through a file', 'file/x', 'ENOTDIR'],
    ['links in a circle', 'circle', 'ELOOP'],
    ['a name too long', tooLong, 'ENAMETOOLONG'],
  ])('is told without a stack where texts are: %s', async (_what, file, code) => {
    await expectMessage(['predict', '--quiet', '--file', file], code);
  });

  it.each([
    ['a file', 'file', 'EEXIST'],
    ['an empty path', '', 'ENOENT'],
    ['a path through a file', 'file/x', 'ENOTDIR'],
    ['links in a circle', 'circle', 'ELOOP'],
    ['a name too long', tooLong, 'ENAMETOOLONG'],
  ])('is told without a stack where data should go: %s', async (_what, dataDir, code) => {
    await expectMessage(['download', '--quiet', '--archive', 'file', '--data-dir', dataDir], code);
  });

  it.each([
    ['a path through a file', 'file/x', 'ENOTDIR'],
    ['links in a circle', 'circle', 'ELOOP'],
    ['a name too long', tooLong, 'ENAMETOOLONG'],
  ])('is told without a stack where an archive is: %s', async (_what, archive, code) => {
    await expectMessage(['download', '--quiet', '--archive', archive, '--data-dir', 'data'], code);
  });

  it.skipIf(!existsSync('/proc/self'))(
    'is told, and does not hang, where it is in /proc (skipped without it)',
    async () => {
      const path = '/proc/imdb-rnn';
      const train = ['train', '--config', 'bag-of-words', '--set', 'dataset.name=sample', '--quiet'];
      await expectMessage([...train, '--models-dir', path], 'ENOENT');
      await expectMessage(['download', '--quiet', '--archive', 'file', '--data-dir', path], 'ENOENT');
    },
  );

  it('is told with its path where a file would become larger than the limit allows', () => {
    const config = ['--config', 'bag-of-words', '--set', 'dataset.name=sample', '--models-dir', 'small'];
    const script = 'ulimit -f 20 && exec "$0" "$@"';
    const { stderr } = spawnSync(
      'sh',
      ['-c', script, process.execPath, main, 'train', '--quiet', ...config],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(stderr).toMatch(
      /^error: [^\n]*small[^\n]*: the file system does not allow .* \(EFBIG\)\.\nhint: /m,
    );
    expect(stderr).not.toContain('This is a bug');
  });

  it('is told without a stack where it is the working folder, which was removed', async () => {
    const gone = join(folder, 'gone');
    await mkdir(gone);
    const script = 'rmdir ../gone && exec "$0" "$1" predict --quiet "a text"';
    const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, main], {
      cwd: gone,
      encoding: 'utf8',
    });
    expect(stderr).toMatch(
      /^error: The working folder: it was removed \(ENOENT\)\.\nhint: Change into .*\n$/,
    );
    expect(status).toBe(1);
  });
});
