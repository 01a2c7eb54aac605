import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';
import { collect, runCli, startCli } from './run-cli.js';

let folder: string;
let args: string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  const sample = ['--set', 'dataset={"name":"sample"}', '--set', 'training.epochs=3'];
  args = ['crossvalidate', ...sample, '--data-dir', join(folder, 'data'), '--config', 'bag-of-words'];
});
afterAll(() => rm(folder, { recursive: true }));

describe('imdb-rnn crossvalidate', () => {
  it('prints a line for each fold, and mean, deviation and interval of each figure', async () => {
    const { code, stdout, stderr } = await runCli([...args, '--folds', '3']);
    expect(code).toBe(0);
    expect(stderr).toContain('2,000 examples in 3 folds, each with every label in its share');
    expect(stderr).toMatch(/^fold 2\/3 {2}accuracy \d\d\.\d % {2}F1 /m);
    expect(stdout).toMatch(/^ +3 +666 +\d\d\.\d % +\d\d\.\d % +0\.\d{4} +epoch 3 +\S/m);
    expect(stdout).toMatch(
      /^accuracy +\d\d\.\d % +\d\.\d\d % +\d\d\.\d % to \d\d\.\d % +\d\d\.\d % +\d\d\.\d %$/m,
    );
  });

  it('prints and writes JSON', async () => {
    const output = join(folder, 'folds.json');
    const { stdout } = await runCli([...args, '--folds', '2', '--json', '--quiet', '--output', output]);
    const record = JSON.parse(stdout);
    expect(JSON.parse(await readFile(output, 'utf8'))).toEqual(record);
    expect(record).toMatchObject({ config: 'bag-of-words', seed: 1, examples: 2000, folds: 2, foldsDone: 2 });
    const [one, other] = record.perFold.map(({ accuracy }: { accuracy: number }) => accuracy);
    expect(record.figures.accuracy.mean).toBeCloseTo((one + other) / 2, 12);
  });

  it('tells of the folds that are done after Ctrl-C', async () => {
    const long = [
      ...args,
      '--config',
      'gru',
      '--folds',
      '40',
      '--set',
      'text.maxLength=20',
      '--threads',
      '1',
    ];
    const child = startCli([...long, '--set', 'training.epochs=1']);
    const result = collect(child);
    child.stderr!.on('data', (text: string) => {
      if (text.includes('fold 1/40')) child.kill('SIGINT');
    });
    const { code, stdout } = await result;
    expect(code).toBe(130);
    expect(stdout).toMatch(/^Stopped: \d+ of 40 folds are done\.$/m);
  });

  it('says what it needs', async () => {
    const { code, stderr } = await runCli(['crossvalidate', '--folds', '3']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('give --config or --data')]);
  });
});
