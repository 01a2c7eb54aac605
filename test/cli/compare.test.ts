import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatComparison } from '../../src/commands/compare-table.js';
import { serializeConfig } from '../../src/config/serialize-config.js';
import { compareRuns } from '../../src/evaluation/compare-runs.js';
import { mcNemarTest } from '../../src/metrics/mcnemar-test.js';
import { createRun } from '../../src/runs/create-run.js';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import {
  temporaryFolder,
  tinyConfig,
  tinyLabels,
  tinyModel,
  tinyRun,
  tinyVocabulary,
  useCpu,
} from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
let flags: string[];

beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  const models = join(folder, 'models');
  for (const seed of [1, 2, 3]) {
    const run = await tinyRun(models, { name: `seed-${seed}`, seed });
    await run.writeSummary({ seconds: 10 * seed });
  }
  await writeData(join(folder, 'data'), { train: examples, test: examples.slice(0, 8) });
  flags = ['--models-dir', 'models', '--data-dir', 'data'];
});
afterAll(() => rm(folder, { recursive: true }));

const compare = (...args: string[]) => runCli(['compare', ...flags, ...args], { cwd: folder });
const recordsOf = async (...args: string[]) => JSON.parse((await compare('--json', ...args)).stdout);

/** A folder of runs of its own, for what a test spoils. */
async function freshModels(name: string): Promise<string> {
  await tinyRun(join(folder, name), { name: 'good', seed: 1 });
  return name;
}

describe('imdb-rnn compare', () => {
  it('sets all runs side by side, the best first, and evaluates each only once', async () => {
    const first = await compare();
    expect(first.code).toBe(0);
    const lines = first.stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^run +accuracy +95 % interval +F1 +ROC AUC +parameters +trained in +examples\/s +size$/,
    );
    expect(lines).toHaveLength(4);
    const accuracies = lines.slice(1).map((line) => Number(line.match(/^seed-\d +([\d.]+) %/)?.[1]));
    expect(accuracies).toEqual(accuracies.toSorted((one, other) => other - one));
    expect(first.stderr).toMatch(/^test split, backend wasm \(/m);

    const kept = await stat(join(folder, 'models', 'seed-1', 'evaluation-test.bin'));
    const second = await compare();
    expect(second).toEqual({ ...first, stderr: '' });
    const stillKept = await stat(join(folder, 'models', 'seed-1', 'evaluation-test.bin'));
    expect(stillKept.mtimeMs).toBe(kept.mtimeMs);
  });

  it('gives the documented fields as JSON, equal to those of eval', async () => {
    const { split, runs, tests } = await recordsOf();
    expect([split, tests, runs.length]).toEqual(['test', [], 3]);
    const { stdout } = await runCli(['eval', ...flags, '--run', 'seed-2', '--json'], { cwd: folder });
    const evaluated = JSON.parse(stdout);
    const record = runs.find(({ run }: { run: string }) => run === 'seed-2');
    expect(record).toEqual({
      run: 'seed-2',
      path: expect.stringMatching(/models.seed-2$/),
      dataset: 'acl-imdb',
      split: 'test',
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      labels: ['negative', 'positive'],
      examples: 8,
      accuracy: evaluated.accuracy,
      accuracyInterval: evaluated.accuracyInterval,
      f1: (evaluated.perClass.negative.f1 + evaluated.perClass.positive.f1) / 2,
      rocAuc: evaluated.rocAuc,
      loss: evaluated.loss,
      balancedAccuracy: evaluated.balancedAccuracy,
      weightedF1: evaluated.weightedF1,
      microF1: evaluated.microF1,
      matthewsCorrelation: evaluated.matthewsCorrelation,
      averagePrecision: evaluated.averagePrecision,
      brierScore: evaluated.brierScore,
      calibrationError: evaluated.calibrationError,
      parameters: 124,
      trainingSeconds: 20,
      bytes: expect.any(Number),
      seconds: expect.any(Number),
      examplesPerSecond: expect.any(Number),
      backend: 'wasm',
      threads: expect.any(Number),
      kept: true,
    });
  });

  it('gives one line of CSV for each run', async () => {
    const { stdout } = await compare('--csv', 'seed-3', 'seed-1');
    const [header, ...lines] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^run,dataset,split,examples,accuracy,accuracyLower,accuracyUpper,f1,/);
    expect(lines.map((line) => line.split(',')[0]).sort()).toEqual(['seed-1', 'seed-3']);
    for (const line of lines) expect(line.split(',')).toHaveLength(header.split(',').length);
  });

  it('tests two runs, and each against one that is named', async () => {
    const { tests, runs } = await recordsOf('seed-1', 'seed-2');
    expect(tests).toHaveLength(1);
    const [{ run, against, onlyRunRight, onlyAgainstRight, method, pValue }] = tests;
    expect([run, against]).toEqual(runs.map(({ run: name }: { run: string }) => name));
    expect(onlyRunRight - onlyAgainstRight).toBeCloseTo(8 * (runs[0].accuracy - runs[1].accuracy));
    const expected = mcNemarTest(onlyRunRight, onlyAgainstRight);
    expect([method, pValue]).toEqual([expected.method, expected.pValue]);
    const { stdout } = await compare('seed-1', 'seed-2');
    expect(stdout).toMatch(/^seed-\d alone is right on \d examples?, seed-\d alone on \d\.$/m);
    expect(stdout).toMatch(/^McNemar's test \(exact\): p = [\d.]+, /m);

    const all = await recordsOf('--against', 'seed-3');
    expect(all.tests.map((test: { against: string }) => test.against)).toEqual(['seed-3', 'seed-3']);
    const table = await compare('--against', 'seed-3', 'seed-1', 'seed-2');
    expect(table.stdout).toMatch(
      /^McNemar's test against seed-3:\nrun +only it right +only seed-3 right +p$/m,
    );
  });

  it('evaluates anew with another number of threads or backend', async () => {
    const backendsOf = async (...args: string[]) =>
      (await recordsOf('seed-1', ...args)).runs.map((run: Record<string, unknown>) => [
        ...[run.backend, run.threads, run.kept],
      ]);
    expect(await backendsOf('--threads', '3')).toEqual([['wasm', 3, false]]);
    expect(await backendsOf('--threads', '3')).toEqual([['wasm', 3, true]]);
    expect(await backendsOf('--backend', 'cpu')).toEqual([['cpu', 1, false]]);
    expect(await backendsOf()).toEqual([['cpu', 1, true]]);
  });

  it('measures on the training examples, too', async () => {
    const { split, runs } = await recordsOf('--split', 'train');
    expect([split, runs[0].split, runs[0].examples]).toEqual(['train', 'train', 12]);
    expect(await readdir(join(folder, 'models', 'seed-1'))).toEqual(
      expect.arrayContaining(['evaluation-test.bin', 'evaluation-train.bin']),
    );
  });

  it('draws a plot as SVG or PNG, and says where', async () => {
    const svg = await compare('--plot', 'plots/all.svg');
    expect([svg.code, svg.stderr]).toEqual([0, 'plot: plots/all.svg\n']);
    const picture = await readFile(join(folder, 'plots', 'all.svg'), 'utf8');
    for (const text of ['seed-1', 'seed-2', 'seed-3', '8 examples']) expect(picture).toContain(text);
    const { plot } = await recordsOf('--plot', 'all.PNG');
    expect(plot).toBe('all.PNG');
    expect((await readFile(join(folder, 'all.PNG'))).subarray(1, 4).toString()).toBe('PNG');
  });

  it('refuses to draw what has no training time, or to another kind of file', async () => {
    const models = await freshModels('untimed');
    const { code, stderr } = await compare('--models-dir', models, '--plot', 'none.svg');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/error: There is nothing to plot: .*\nhint: /)]);
    expect((await compare('--plot', 'none.gif')).code).toBe(2);
    expect(await readdir(folder)).not.toContain('none.svg');
  });

  it('lists a damaged run with its error, compares the others, and ends with exit code 1', async () => {
    const models = await freshModels('damaged');
    const broken = await tinyRun(join(folder, models), { name: 'broken', seed: 2 });
    await truncate(join(broken.path, 'weights.bin'), 99);
    await mkdir(join(folder, models, 'begun'));
    await writeFile(join(folder, models, 'begun', 'config.yaml'), serializeConfig(tinyConfig()));
    const { code, stdout, stderr } = await compare('--models-dir', models);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^good +\d+\.\d %/m);
    expect(stdout).toMatch(/^broken +- +-/m);
    expect(stdout).toMatch(/^broken: .*weights\.bin has 99 bytes, expected 496: it was cut short\.$/m);
    expect(stderr).toContain('begun has no model yet: left out');
    expect(stderr).toMatch(/^error: broken has no figures: .*cut short\.\nhint: .+\n$/m);
    const { runs } = await recordsOf('--models-dir', models);
    expect(runs[1]).toEqual({
      run: 'broken',
      path: expect.any(String),
      error: expect.stringContaining('cut short'),
    });
    expect((await compare('--models-dir', models, '--csv')).stdout).toMatch(/^broken,,.*cut short\."$/m);
    const against = await compare('--models-dir', models, '--against', 'broken');
    expect([against.code, against.stderr]).toEqual([
      1,
      expect.stringContaining('Nothing can be tested against broken'),
    ]);
  });

  it('marks runs of different datasets, and refuses to test one against another', async () => {
    const models = await freshModels('mixed');
    const config = { ...tinyConfig(), dataset: { name: 'sample' as const } };
    const run = await createRun(join(folder, models), {
      ...{ name: 'other', config, vocabulary: tinyVocabulary, labels: tinyLabels },
    });
    const model = tinyModel();
    await run.writeModel(model);
    model.dispose();
    const named = await compare('--models-dir', models, 'good', 'other');
    expect(named.stdout).toMatch(/^run +data +accuracy/);
    expect(named.stdout).toMatch(/^good +acl-imdb +\d/m);
    expect(named.stdout).toMatch(/^other +sample +\d/m);
    expect(named.code).toBe(1);
    expect(named.stderr).toMatch(
      /^error: McNemar's test needs runs that were measured on the same examples: .* 1,000 of sample/m,
    );
    const all = await compare('--models-dir', models);
    expect([all.code, all.stderr]).toEqual([
      0,
      expect.stringContaining("warning: McNemar's test needs runs"),
    ]);
  });

  it('is an error with the next step where no run can be measured for want of data', async () => {
    const models = await freshModels('without-data');
    await tinyRun(join(folder, models), { name: 'second', seed: 2 });
    const { code, stdout, stderr } = await compare('--models-dir', models, '--data-dir', 'nothing');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^error: \w+ \(and 1 other run of 2\) has no figures: The test split .* is not in .*\nhint: .*imdb-rnn download/m,
    );
  });

  it.each([
    ['compare'],
    ['predict', 'a text'],
    ['eval'],
    ['encode', '--run', 'x', 'a text'],
    ['suspects'],
    ['label-next', '--data', 'texts.txt'],
  ])('refuses runs in a folder that is not there, as each command does: %s', async (...words) => {
    const missing = await runCli([...words, '--models-dir', 'nowhere'], { cwd: folder });
    expect(missing.stderr).toBe(
      'error: Cannot read the runs in nowhere: it is not there (ENOENT).\nhint: Check --models-dir: the folder that holds the folders of runs.\n',
    );
    expect([missing.code, missing.stdout]).toEqual([1, '']);
  });

  it('refuses a file in place of the folder of runs', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const { code, stderr } = await compare('--models-dir', 'a-file');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('a-file is a file, a folder with runs was expected.'),
    ]);
  });

  it('stops at a name that is no run, and at options that exclude each other', async () => {
    const { code, stdout, stderr } = await compare('seed-1', 'seed-9');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('There is no run "seed-9" in models.\nhint: Did you mean seed-');
    expect((await compare('--json', '--csv')).code).toBe(2);
    expect((await compare('--batch-size', '0')).code).toBe(2);
  });

  it('takes a run only once, however often it is named', async () => {
    expect((await recordsOf('seed-1', 'models/seed-1', '--against', 'seed-1')).runs).toHaveLength(1);
  });

  it('leaves out columns that a narrow terminal has no room for', async () => {
    const run = await tinyRun(join(folder, 'narrow'), { name: 'a-run', seed: 1 });
    const compared = await compareRuns([run], {
      ...{ split: 'test', dataDir: join(folder, 'data'), cacheDir: join(folder, 'cache'), batchSize: 8 },
      useBackend: async () => ({ name: 'cpu', threads: 1 }),
    });
    const lines = formatComparison(compared, { width: 60 }).split('\n');
    expect(Math.max(...lines.slice(0, 2).map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines[0]).toMatch(/accuracy +95 % interval/);
    expect(lines[2]).toMatch(/^Not shown, for want of width: size, examples\/s/);
  });
});
