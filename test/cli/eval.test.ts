import { readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder, tinyRun, useCpu } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
let flags: string[];

beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  await tinyRun(join(folder, 'models'));
  await writeData(join(folder, 'data'), { train: examples, test: examples.slice(0, 5) });
  flags = ['eval', '--models-dir', join(folder, 'models'), '--data-dir', join(folder, 'data')];
});
afterAll(() => rm(folder, { recursive: true }));

describe('imdb-rnn eval', () => {
  it('prints one JSON object with the documented fields', async () => {
    const { code, stdout, stderr } = await runCli([...flags, '--json', '--quiet']);
    expect([code, stderr]).toEqual([0, '']);
    const result = JSON.parse(stdout);
    expect(result).toEqual({
      run: 'tiny',
      path: join(folder, 'models', 'tiny'),
      split: 'test',
      backend: 'wasm',
      threads: expect.any(Number),
      accuracy: expect.any(Number),
      accuracyInterval: [expect.any(Number), expect.any(Number)],
      loss: expect.any(Number),
      rocAuc: expect.any(Number),
      f1: expect.any(Number),
      perClass: {
        negative: {
          precision: expect.any(Number),
          recall: expect.any(Number),
          f1: expect.any(Number),
          support: 3,
        },
        positive: {
          precision: expect.any(Number),
          recall: expect.any(Number),
          f1: expect.any(Number),
          support: 2,
        },
      },
      labels: ['negative', 'positive'],
      confusion: [expect.any(Array), expect.any(Array)],
      examples: 5,
      reading: { cut: 0, shareRead: 1 },
      seconds: expect.any(Number),
      examplesPerSecond: expect.any(Number),
    });
    const [[negatives], [, positives]] = result.confusion;
    expect(result.accuracy).toBe((negatives + positives) / 5);
  });

  it('prints tables for people, and what it measured on standard error', async () => {
    const { code, stdout, stderr } = await runCli([...flags, '--split', 'train']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^accuracy +\d+\.\d % {2}95 % interval: \d+\.\d % to \d+\.\d %$/m);
    expect(stdout).toMatch(/^loss +\d\.\d{4} {2}cross-entropy, nats an example$/m);
    expect(stdout).toMatch(/^ROC AUC +\d\.\d{4}$/m);
    expect(stdout).toMatch(/^examples +12 {2}.*examples\/s$/m);
    expect(stdout).toMatch(/^label +precision +recall +F1 +examples$/m);
    expect(stdout).toMatch(/^positive( +\d+\.\d %){3} +6$/m);
    expect(stdout).toMatch(/^truly +predicted negative +predicted positive$/m);
    expect(stderr).toMatch(/^run tiny, train split, backend wasm \(.*\)\n/);
  });

  it('gives the same figures on every backend and number of threads', async () => {
    const figures = [];
    for (const backend of [['wasm', '--threads', '1'], ['wasm', '--threads', '3'], ['cpu']]) {
      const { stdout } = await runCli([...flags, '--json', '--backend', ...backend]);
      figures.push(JSON.parse(stdout));
    }
    const [one, three, cpu] = figures;
    expect([one.threads, three.threads, cpu.backend]).toEqual([1, 3, 'cpu']);
    expect(three.loss).toBe(one.loss);
    expect(cpu.loss).toBeCloseTo(one.loss, 5);
    expect(cpu.confusion).toEqual(one.confusion);
  });

  it('explains data that is not there, and a damaged run: exit code 1', async () => {
    const noData = await runCli([...flags.slice(0, 3), '--data-dir', join(folder, 'nothing')]);
    expect([noData.code, noData.stdout]).toEqual([1, '']);
    expect(noData.stderr).toMatch(/error: .*\nhint: Run imdb-rnn download/);
    const run = await tinyRun(join(folder, 'other'), { name: 'broken' });
    await truncate(join(run.path, 'weights.bin'), 99);
    const broken = await runCli([...flags, '--run', run.path]);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain('weights.bin has 99 bytes, expected 496: it was cut short.');
    expect(await readdir(run.path)).toContain('weights.bin');
  });

  it('refuses a split, backend or batch size that cannot be: exit code 2', async () => {
    for (const wrong of [
      ['--split', 'unsupervised'],
      ['--backend', 'abacus'],
      ['--batch-size', '0'],
      ['extra'],
    ]) {
      expect((await runCli([...flags, ...wrong])).code).toBe(2);
    }
  });

  it('shows examples in its help', async () => {
    const { code, stdout } = await runCli(['eval', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('$ imdb-rnn eval --json | jq .accuracy');
  });
});
