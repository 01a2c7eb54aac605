import { readdir, readFile, rm, truncate } from 'node:fs/promises';
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
    const ofLabel = {
      precision: expect.any(Number),
      recall: expect.any(Number),
      f1: expect.any(Number),
      rocAuc: expect.any(Number),
      averagePrecision: expect.any(Number),
    };
    expect(result).toEqual({
      run: 'tiny',
      path: join(folder, 'models', 'tiny'),
      split: 'test',
      backend: 'wasm',
      threads: expect.any(Number),
      accuracy: expect.any(Number),
      accuracyInterval: [expect.any(Number), expect.any(Number)],
      f1: expect.any(Number),
      rocAuc: expect.any(Number),
      loss: expect.any(Number),
      balancedAccuracy: expect.any(Number),
      weightedF1: expect.any(Number),
      microF1: result.accuracy,
      matthewsCorrelation: expect.any(Number),
      averagePrecision: expect.any(Number),
      brierScore: expect.any(Number),
      calibrationError: expect.any(Number),
      perClass: { negative: { ...ofLabel, support: 3 }, positive: { ...ofLabel, support: 2 } },
      labels: ['negative', 'positive'],
      confusion: [expect.any(Array), expect.any(Array)],
      examples: 5,
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
    expect(stdout).toMatch(/^ROC AUC +\d\.\d{4} {2}of positive$/m);
    expect(stdout).toMatch(/^examples +12 {2}.*examples\/s$/m);
    expect(stdout).toMatch(/^label +precision +recall +F1 +ROC AUC +avg\. precision +examples$/m);
    expect(stdout).toMatch(/^positive( +\d+\.\d %){3}( +\d\.\d{4}){2} +6$/m);
    expect(stdout).toMatch(/^truly +predicted negative +predicted positive$/m);
    expect(stderr).toMatch(/^run tiny, train split, backend wasm \(.*\)\n/);
  });

  it('answers from the threshold that is asked for, and keeps the reports of the run as they are', async () => {
    const { stdout } = await runCli([...flags, '--json', '--threshold', '0']);
    const { confusion, perClass, decision } = JSON.parse(stdout);
    expect(confusion).toEqual([
      [0, 3],
      [0, 2],
    ]);
    expect(perClass.positive).toMatchObject({ recall: 1, precision: 2 / 5 });
    expect(decision).toEqual({ examples: 0, thresholds: [0] });
    const shown = await runCli([...flags, '--threshold', '0']);
    expect(shown.stdout).toContain('\nthreshold 0 of positive, set by hand\n');
    const report = await readFile(join(folder, 'models', 'tiny', 'report.html'), 'utf8');
    expect(report).not.toContain('set by hand');
  });

  it('tells the mistakes with their texts, and writes them into a file', async () => {
    const file = join(folder, 'mistakes.csv');
    const args = ['--threshold', '0', '--errors', '2'];
    const { stdout } = await runCli([...flags, '--json', ...args, '--errors-file', file]);
    const { errors } = JSON.parse(stdout);
    expect(errors).toHaveLength(2);
    for (const { example, text, truth, label } of errors) {
      expect([text, truth, label]).toEqual([examples[example].text, 'negative', 'positive']);
    }
    expect(errors[0].probability).toBeGreaterThanOrEqual(errors[1].probability);
    const [header, first] = (await readFile(file, 'utf8')).split('\n');
    expect(header).toBe('example,text,truth,answer,probability');
    expect(first).toContain(errors[0].text);
    const table = await runCli([...flags, ...args]);
    expect(table.stdout).toMatch(/^ *sure +answered +truly +text\n( *\d+\.\d % +positive +negative.*\n){2}/m);
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
      ['--threshold', '1.5'],
      ['--errors', '0'],
      ['--errors', '3', '--errors-file', 'mistakes.xlsx'],
      ['--errors-file', 'mistakes.csv'],
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
