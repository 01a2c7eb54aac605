import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
  const lines = Array.from({ length: 120 }, (_, index) => {
    const [word, label] = index % 4 === 0 ? ['dull', 'bad'] : ['fine', 'good'];
    return `${index},"The film is ${word}, and that is what you get for ${index}",${label}`;
  });
  await writeFile(join(folder, 'reviews.csv'), ['id,review,stars', ...lines, ''].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runCli(args, { cwd: folder });

describe('imdb-rnn init', () => {
  it('writes a config that can be checked and trained, and says why it is so', async () => {
    const { code, stdout, stderr } = await run('init', 'reviews.csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^task +classification +120 rows, 2 labels$/m);
    expect(stdout).toMatch(/^model +nb-ngrams +fewer than 50,000 examples: /m);
    expect(stdout).toMatch(/^time +about \d/m);
    expect(stdout).toMatch(/\nwrote reviews\.yaml; next: imdb-rnn train --config reviews\.yaml\n$/);
    expect(stderr).toContain('warning: "good" has 3 times the texts of "bad"');
    const yaml = await readFile(join(folder, 'reviews.yaml'), 'utf8');
    expect(yaml).toMatch(/^# reviews: nb-ngrams for 120 rows of 2 labels, written by imdb-rnn init\.$/m);
    expect(yaml).toMatch(/^# Training: about .* here: 20 epochs or fewer at .* as measured for /m);
    expect(yaml).toContain('task: classification  # labels: good 90, bad 30\n');
    expect(yaml).toContain('  train: reviews.csv\n  text: review\n  label: stars\n');
    expect((await run('config', 'check', 'reviews.yaml')).stdout).toBe('reviews.yaml: ok\n');
    const trained = await run('train', '--config', 'reviews.yaml', '--name', 'try', '--json', '--quiet');
    expect(trained.code).toBe(0);
    expect(JSON.parse(trained.stdout)).toMatchObject({ run: 'try', status: 'completed' });
  });

  it('never writes over a file unless it is told to', async () => {
    const path = join(folder, 'mine.yaml');
    await writeFile(path, 'mine');
    const refused = await run('init', 'reviews.csv', '-o', 'mine.yaml');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toBe(
      'error: mine.yaml is there already.\nhint: Write over it with --force, or name another file with -o.\n',
    );
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect((await run('init', 'reviews.csv', '-o', 'mine.yaml', '--force', '--quiet')).code).toBe(0);
    expect(await readFile(path, 'utf8')).toMatch(/^# mine: nb-ngrams/);
  });

  it('prints the config alone with -o -', async () => {
    const { code, stdout, stderr } = await run('init', 'reviews.csv', '-o', '-', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    await writeFile(join(folder, 'printed.yaml'), stdout);
    expect((await run('config', 'check', 'printed.yaml')).stdout).toBe('printed.yaml: ok\n');
  });

  it('needs labels', async () => {
    await writeFile(join(folder, 'lines.txt'), 'one line\nanother one here\n');
    const { code, stderr } = await run('init', 'lines.txt');
    expect(code).toBe(1);
    expect(stderr).toContain('error: The data has no column of labels.\nhint: Name it with --label-column.');
  });
});
