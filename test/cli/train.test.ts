import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { learningConfig, tinyExamples } from '../training/tiny-data.js';
import { type CliResult, collect, runCli, startCli } from './run-cli.js';

let folder: string;
let flags: string[];
/** A run that most tests look at: starting the program takes longer than training so little. */
let first: CliResult;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeData(join(folder, 'data'), { train: tinyExamples(80), test: tinyExamples(20, { seed: 2 }) });
  await writeFile(join(folder, 'tiny.yaml'), stringify(learningConfig({ epochs: 4, batchSize: 8 })));
  flags = ['--data-dir', 'data', '--models-dir', 'models', '--threads', '2'];
  first = await trainTiny('first', '--json', '--quiet');
});
afterAll(() => rm(folder, { recursive: true }));

const cli = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder });
const train = (...args: string[]): Promise<CliResult> => cli('train', ...flags, ...args);
const trainTiny = (name: string, ...args: string[]) =>
  train('--config', 'tiny.yaml', '--name', name, ...args);
const runFile = (run: string, file: string) => readFile(join(folder, 'models', run, file), 'utf8');
const weightsOf = async (run: string) =>
  (await readFile(join(folder, 'models', run, 'weights.bin'))).toString('hex');

/** The epoch that a training has to keep. */
const lowest = (epochs: { epoch: number; validation: { loss: number } }[]) =>
  epochs.reduce((best, epoch) => (epoch.validation.loss < best.validation.loss ? epoch : best));

describe('imdb-rnn train', () => {
  it('prints one JSON object with the documented fields, and nothing else when quiet', () => {
    const { code, stdout, stderr } = first;
    expect([code, stderr]).toEqual([0, '']);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      run: 'first',
      path: expect.stringMatching(/models.first$/),
      seconds: expect.any(Number),
      status: 'completed',
      backend: 'wasm',
      threads: 2,
      trainingExamples: 72,
      validationExamples: 8,
    });
    expect(result.epochs).toHaveLength(4);
    for (const [i, epoch] of result.epochs.entries()) {
      expect(epoch).toEqual({
        epoch: i + 1,
        training: { loss: expect.any(Number), accuracy: expect.any(Number) },
        validation: { loss: expect.any(Number), accuracy: expect.any(Number) },
        seconds: expect.any(Number),
        best: expect.any(Boolean),
      });
    }
    expect(result.bestEpoch).toBe(lowest(result.epochs).epoch);
    expect(result.best).toMatchObject({ epoch: result.bestEpoch });
    expect(result.epochs[3].training.loss).toBeLessThan(0.5 * result.epochs[0].training.loss);
  });

  it('leaves a whole run folder, with the mark of every file in run.json', async () => {
    const entries = await readdir(join(folder, 'models', 'first'), { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    const summary = JSON.parse(await runFile('first', 'run.json'));
    expect(Object.keys(summary.files)).toHaveLength(names.length - 1);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['README.md', 'checkpoint.json', 'config.yaml', 'labels.txt', 'metrics.jsonl', 'model.json'],
        ...['report.html', 'run.json', 'vocabulary.txt', 'weights.bin'],
      ]),
    );
    expect(summary).toMatchObject({
      status: 'completed',
      backend: 'wasm',
      threads: 2,
      bestEpoch: JSON.parse(first.stdout).bestEpoch,
      parameters: 278,
    });
    expect(parse(await runFile('first', 'config.yaml'))).toMatchObject({
      seed: 1,
      training: { epochs: 4, batchSize: 8 },
    });
    expect((await runFile('first', 'metrics.jsonl')).trim().split('\n').at(-1)).toContain('"type":"epoch"');
    expect(await runFile('first', 'report.html')).toContain('<html');
  });

  it('makes a run that eval measures and predict uses', async () => {
    const [evaluated, predicted] = await Promise.all([
      cli('eval', '--json', '--data-dir', 'data', '--models-dir', 'models', '--quiet', '--run', 'first'),
      cli(
        'predict',
        '--json',
        '--models-dir',
        'models',
        '--run',
        'first',
        'the film was good',
        'a bad story',
      ),
    ]);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ run: 'first', examples: 20 });
    expect(JSON.parse(evaluated.stdout).accuracy).toBeGreaterThan(0.8);
    const answers = predicted.stdout.trim().split('\n');
    expect(answers.map((line) => JSON.parse(line).label)).toEqual(['positive', 'negative']);
  });

  it('tells people about backend, overrides, epochs, and what to do next; the same seed trains the same weights', async () => {
    const { code, stdout, stderr } = await train(
      '--config',
      'tiny.yaml',
      '--set',
      'training.epochs=4',
      '--seed',
      '1',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('training.epochs: 4 -> 4\nseed: 1 -> 1\n');
    expect(stderr).toMatch(/^backend wasm: 2 threads, /m);
    expect(stderr).toMatch(
      /^72 examples to train on, 8 examples held out for validation \(from the cache\)$/m,
    );
    expect(stderr).toMatch(/^epoch 1\/4 {2}loss 0\.\d{4} {2}accuracy .* validation loss .* best so far$/m);
    const [, run] = /^Measure it: .* eval --run (tiny-\d{4}-\d\d-\d\d-1)$/m.exec(stdout)!;
    expect(stdout).toMatch(
      /^Done in .*, at most .* of memory\.\nKept: +epoch \d, validation loss [\d.]+ {2}accuracy /,
    );
    expect(await weightsOf(run)).toBe(await weightsOf('first'));
  });

  it('trains on the sample that ships with it, with another seed', async () => {
    const sample = [
      '--set',
      'dataset.name=sample',
      '--set',
      'training.epochs=1',
      '--set',
      'training.batchSize=100',
    ];
    const { code, stdout } = await trainTiny('sample', ...sample, '--seed', '7', '--json', '--quiet');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      run: 'sample',
      trainingExamples: 1_800,
      validationExamples: 200,
    });
    expect(parse(await runFile('sample', 'config.yaml'))).toMatchObject({
      seed: 7,
      dataset: { name: 'sample' },
    });
  });

  it('refuses an unknown config, a name that is taken and a bad setting, with the next step', async () => {
    const before = await runFile('first', 'run.json');
    const mistakes: [string[], RegExp][] = [
      [['--config', 'gru3'], /^error: .*gru3.*\nhint: .*gru2/],
      [
        ['--config', 'tiny.yaml', '--name', 'first', '--quiet'],
        /^error: .*first is already there\.\nhint: .*--name/,
      ],
      [['--config', 'tiny.yaml', '--set', 'training.epoch=1'], /^error: .*epoch is not a known key.*epochs/],
      [['--config', 'tiny.yaml', '--set', 'training.optimizer.learningRate=.nan'], /^error: .*learningRate/],
      [['--resume', 'nobody'], /^error: .*nobody/],
    ];
    const results = await Promise.all(mistakes.map(([args]) => train(...args)));
    results.forEach(({ code, stdout, stderr }, i) => {
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(mistakes[i][1]);
      expect(stderr).not.toContain('This is a bug');
    });
    expect(await runFile('first', 'run.json')).toBe(before);
  });

  it('is used wrongly with contradicting or impossible flags: exit code 2', async () => {
    const wrong = [
      [],
      ['--config', 'tiny.yaml', '--resume', 'first'],
      ['--resume', 'first', '--seed', '3'],
      ['--resume', 'first', '--set', 'seed=3'],
      ['--resume', 'first', '--name', 'other'],
      ['--config', 'tiny.yaml', '--threads', '0'],
      ['--config', 'tiny.yaml', '--seed', 'one'],
      ['--config', 'tiny.yaml', '--backend', 'abacus'],
      ['--config', 'tiny.yaml', '--epoch', '3'],
      ['--config', 'tiny.yaml', '--force'],
      ['tiny.yaml'],
    ];
    const results = await Promise.all(wrong.map((args) => train(...args)));
    expect(results.map(({ code, stdout }) => [code, stdout])).toEqual(wrong.map(() => [2, '']));
    for (const { stderr } of results) expect(stderr).toMatch(/^error: /);
  });

  it('explains weights that run away: exit code 1', async () => {
    const { code, stdout, stderr } = await trainTiny(
      'away',
      '--set',
      'training.optimizer.learningRate=1e300',
      '--quiet',
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: The loss is NaN .*\nhint: Try a smaller learning rate, such as --set/);
  });

  it('shows examples in its help', async () => {
    const { code, stdout } = await runCli(['train', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('$ imdb-rnn train --config gru2.yaml');
  });
});

describe.skipIf(process.platform === 'win32')(
  'imdb-rnn train and Ctrl-C (skipped on Windows, which has no signals)',
  () => {
    /** Trains for very long, and sends SIGINT once the first epoch is written. */
    async function interrupted(name: string): Promise<CliResult> {
      const args = ['--config', 'tiny.yaml', '--name', name, '--set', 'training.epochs=400', '--json'];
      const child = startCli(['train', ...flags, ...args], { cwd: folder });
      let text = '';
      let sent = false;
      child.stderr!.on('data', (piece) => {
        text += piece;
        if (sent || !/^epoch 2\/400 /m.test(text)) return;
        sent = true;
        child.kill('SIGINT');
      });
      return collect(child);
    }

    it('finishes the step, keeps the best epoch, ends with 130, and goes on when asked to', async () => {
      const stopped = await interrupted('stopped');
      expect([stopped.code, stopped.signal]).toEqual([130, null]);
      expect(stopped.stderr).toContain(
        'finishing this step and keeping the best epoch so far; press Ctrl-C again',
      );
      const result = JSON.parse(stopped.stdout);
      expect(result).toMatchObject({ run: 'stopped', status: 'interrupted' });
      const done: number = result.epochs.length;
      expect(done).toBeGreaterThanOrEqual(2);
      expect(done).toBeLessThan(400);
      expect(JSON.parse(await runFile('stopped', 'run.json'))).toMatchObject({ status: 'interrupted' });
      const predicted = await cli('predict', '--json', '--run', 'stopped', '--models-dir', 'models', 'good');
      expect([predicted.code, JSON.parse(predicted.stdout).text]).toEqual([0, 'good']);

      // Two epochs more, not hundreds.
      const resumed = await train('--resume', 'stopped', '--epochs', `${done + 2}`, '--json');
      expect(resumed.code).toBe(0);
      expect(resumed.stderr).toMatch(/^going on in epoch \d+ after step \d+$/m);
      const rest = JSON.parse(resumed.stdout);
      expect(rest).toMatchObject({ run: 'stopped', status: 'completed' });
      expect(rest.epochs.map(({ epoch }: { epoch: number }) => epoch)).toEqual([done + 1, done + 2]);
      const lines = (await runFile('stopped', 'metrics.jsonl'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const epochs = lines.filter(({ type }) => type === 'epoch').map(({ epoch }) => epoch);
      expect(epochs).toEqual(Array.from({ length: done + 2 }, (_, i) => i + 1));
    });
  },
);
