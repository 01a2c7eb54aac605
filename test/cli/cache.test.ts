import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import { runCli } from './run-cli.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cache-cli-'));
  await writeData(dataDir, { train: examples, test: examples.slice(0, 4) });
});
afterEach(() => rm(dataDir, { recursive: true }));

const cached = async () => (await readdir(join(dataDir, 'cache')).catch(() => [] as string[])).sort();
const prepare = (...args: string[]) =>
  runCli(['prepare', '--config', 'gru2', '--data-dir', dataDir, '--quiet', ...args]);

describe('imdb-rnn cache', () => {
  it('shows what each file is, and the total against the limit', async () => {
    expect((await prepare()).code).toBe(0);
    const names = await cached();
    const time = new Date(2025, 0, 31, 18, 5);
    for (const name of names) await utimes(join(dataDir, 'cache', name), time, time);
    const sizes = await Promise.all(
      names.map(async (name) => (await stat(join(dataDir, 'cache', name))).size),
    );
    const total = sizes[0] + sizes[1];
    const { code, stdout } = await runCli(['cache', '--data-dir', dataDir, '--cache-size', '10kB']);
    expect(code).toBe(0);
    const [header, ...lines] = stdout.split('\n');
    expect(header).toMatch(/^last used +size +split +examples +settings$/);
    expect(lines.slice(0, 2).join('\n')).toMatch(
      /^2025-01-31 18:05 +\S+ k?B +acl-imdb test +4 +letters, 300 bytes, .*\n2025-01-31 18:05 +\S+ k?B +acl-imdb train +12 +letters, 300 bytes, /,
    );
    const share = ((total / 10_000) * 100).toFixed(1);
    expect(stdout).toContain(
      `2 files, ${(total / 1000).toFixed(1)} kB, ${share} % of 10.0 kB (--cache-size)`,
    );
    for (const line of lines.slice(0, 2)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('prints the same as JSON, with the limit of the environment', async () => {
    await prepare();
    const env = { IMDB_RNN_CACHE_SIZE: '2GB' };
    const { stdout } = await runCli(['cache', '--data-dir', dataDir, '--json'], { env });
    const record = JSON.parse(stdout);
    expect(record).toMatchObject({ limit: 2e9, limitFrom: 'environment', folder: join(dataDir, 'cache') });
    expect(record.files.map(({ about }: { about: { split: string } }) => about.split).sort()).toEqual([
      ...['test', 'train'],
    ]);
  });

  it('shows the cache of this folder when nothing is said, also where there is none', async () => {
    const { code, stdout } = await runCli(['cache'], { cwd: dataDir });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^data\/cache: 0 files, 0 B, /);
  });

  it('clears all, or what was not used for long', async () => {
    await prepare();
    const old = join(dataDir, 'cache', (await cached())[0]);
    const time = new Date(Date.now() - 40 * 86_400_000);
    await utimes(old, time, time);
    const some = await runCli(['cache', 'clear', '--older-than', '30d', '--data-dir', dataDir]);
    expect(some.stdout).toMatch(/cache: removed 1 file, .*; 1 file of .* stay\n$/);
    const all = await runCli(['cache', 'clear', '--data-dir', dataDir, '--json']);
    expect(JSON.parse(all.stdout)).toMatchObject({ removed: 1, left: 0 });
    expect(await cached()).toEqual([]);
  });

  it('bounds what prepare keeps', async () => {
    await prepare('--cache-size', '0');
    expect(await cached()).toEqual([]);
    await prepare();
    const [encoded, counted] = await cached();
    const { size } = await stat(join(dataDir, 'cache', counted));
    const time = new Date(Date.now() - 1000);
    for (const name of [encoded, counted]) await utimes(join(dataDir, 'cache', name), time, time);
    await prepare('--set', 'text.vocabularySize=7', '--cache-size', `${2 * size}`);
    const left = await cached();
    expect(left.length).toBeLessThan(4);
    const sizes = await Promise.all(
      left.map(async (name) => (await stat(join(dataDir, 'cache', name))).size),
    );
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(2 * size);
  });

  it('refuses what is no size and no time', async () => {
    const size = await prepare('--cache-size', 'much');
    expect([size.code, size.stderr]).toEqual([2, expect.stringContaining('such as 2GB or 500MB')]);
    const env = { IMDB_RNN_CACHE_SIZE: 'much' };
    const variable = await runCli(['cache', '--data-dir', dataDir], { env });
    expect(variable.code).toBe(1);
    expect(variable.stderr).toContain('IMDB_RNN_CACHE_SIZE is "much", a size was expected.');
    const time = await runCli(['cache', 'clear', '--older-than', 'long', '--data-dir', dataDir]);
    expect([time.code, time.stderr]).toEqual([2, expect.stringContaining('such as 30d')]);
  });
});
