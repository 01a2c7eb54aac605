import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { put, sampleReviews, writeInAllFormats } from '../datasets/files/own-files.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { learningConfig } from '../training/tiny-data.js';
import { fileMistakes } from './own-data-mistakes.js';
import { settingMistakes } from './own-settings-mistakes.js';
import { runCli } from './run-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeInAllFormats(folder, await sampleReviews(100));
  await put(join(folder, 'tiny.yaml'), stringify(learningConfig({ epochs: 1 })));
});
afterAll(() => rm(folder, { recursive: true }));

const cli = (...args: string[]) => runCli(args, { cwd: folder });

describe("imdb-rnn train --data, on files of one's own", () => {
  it('trains by a packaged config, says which and what it guessed, and makes a run for eval and predict', async () => {
    const trained = await cli('train', '--data', 's.csv', '--name', 'plain', '--json');
    expect(trained.code).toBe(0);
    expect(trained.stderr.split('\n').slice(0, 4)).toEqual([
      'config nb-ngrams: logistic regression on runs of words, which trains in seconds; --config names another',
      's.csv: text column "text" (by its name), label column "label" (by its name)',
      'labels: negative (100), positive (100)',
      'examples: 180 for training (s.csv), 20 for test (held out)',
    ]);
    expect(JSON.parse(trained.stdout)).toMatchObject({ trainingExamples: 162, validationExamples: 18 });
    const { dataset } = parse(await readFile(join(folder, 'models/plain/config.yaml'), 'utf8'));
    expect(dataset).toMatchObject({
      name: 'files',
      train: join(folder, 's.csv'),
      delimiter: ';',
      text: 'text',
      label: 'label',
    });
    const elsewhere = await temporaryFolder();
    const evaluated = await runCli(['eval', '--run', join(folder, 'models/plain'), '--json', '--quiet'], {
      cwd: elsewhere,
    });
    await rm(elsewhere, { recursive: true });
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ split: 'test', examples: 20 });
  });

  it('goes by a config, and reads a test file, named columns and what the config says of the files', async () => {
    await put(
      join(folder, 'own.yaml'),
      stringify({
        ...learningConfig({ epochs: 1 }),
        dataset: { name: 'files', train: 'gone.csv', duplicates: 'drop' },
      }),
    );
    const args = [
      '--data',
      'a.csv',
      'parts/1.csv',
      '--test-data',
      'u.csv',
      '--text-column',
      'text',
      '--label-column',
      'label',
    ];
    const { code, stdout, stderr } = await cli('train', '--config', 'own.yaml', ...args, '--json');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(
        '100 training rows repeat the text of an earlier one, such as parts/1.csv:2 that of a.csv:2; they are left out',
      ),
    ]);
    expect(stderr).toContain('test rows whose text is on another side, too: 200');
    expect(stderr).not.toContain('by its name');
    expect(JSON.parse(stdout)).toMatchObject({ trainingExamples: 180, validationExamples: 20 });
  });

  it('measures a run on another file: with the labels of the run, or without the rows of others', async () => {
    await cli('train', '--config', 'tiny.yaml', '--data', 'a.csv', '--name', 'tiny');
    await put(join(folder, 'new.tsv'), 'text\tlabel\ngood\tpositive\nbad\tnegative\nodd\tmixed\n');
    const [refused, measured] = await Promise.all([
      cli('eval', '--run', 'tiny', '--data', 'new.tsv', '--quiet'),
      cli('eval', '--run', 'tiny', '--data', 'new.tsv', '--ignore-unknown-labels', '--json'),
    ]);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      'error: new.tsv:4: the label "mixed" (1 row) is not among those of training.\nhint: Training has "negative", "positive". To leave such rows out: --ignore-unknown-labels, or dataset.ignoreUnknownLabels: true.\n',
    ]);
    expect(JSON.parse(measured.stdout)).toMatchObject({ run: 'tiny', data: ['new.tsv'], examples: 2 });
    expect(measured.stderr).toContain('labels that are not known, whose rows are left out: 1\n  new.tsv:4: ');
  });

  it('takes options that need --data with it alone: exit code 2', async () => {
    const wrong = [
      ['train'],
      ['train', '--config', 'tiny.yaml', '--test-data', 'a.csv'],
      ['train', '--config', 'tiny.yaml', '--text-column', 'text'],
      ['train', '--resume', 'tiny', '--data', 'a.csv'],
      ['eval', '--label-column', 'label'],
      ['eval', '--ignore-unknown-labels'],
    ];
    const results = await Promise.all(wrong.map((args) => cli(...args)));
    expect(results.map(({ code, stdout }) => [code, stdout])).toEqual(wrong.map(() => [2, '']));
    expect(results.map(({ stderr }) => stderr.split('\n')[0])).toEqual([
      'error: give --config, --data or --resume',
      'error: --test-data goes with --data',
      'error: --text-column goes with --data',
      'error: give either --resume, or --config and --data',
      'error: --label-column goes with --data',
      'error: --ignore-unknown-labels goes with --data',
    ]);
  });
});

describe.concurrent('what imdb-rnn train says of data that it cannot work with', () => {
  it.each([...fileMistakes, ...settingMistakes])('tells $title', async ({ files, args, says }) => {
    const own = await temporaryFolder();
    for (const [name, content] of Object.entries(files)) await put(join(own, name), content);
    const { code, stdout, stderr } = await runCli(args, { cwd: own });
    await rm(own, { recursive: true });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.slice(stderr.indexOf('error: ')).trimEnd().split('\n')).toEqual(says);
  });
});
