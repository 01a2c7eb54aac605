import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenFolder } from '../datasets/keras-imdb/keras-golden.js';
import { npzOf, reviewsOf } from '../datasets/keras-imdb/write-npz.js';
import { runCli } from './run-cli.js';

let base: string;
let config: string;
let flags: string[];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'imdb-rnn-keras-'));
  const folder = join(base, 'small');
  await mkdir(folder);
  await copyFile(join(goldenFolder, 'small.npz'), join(folder, 'imdb.npz'));
  await copyFile(join(goldenFolder, 'word-index.json'), join(folder, 'imdb_word_index.json'));
  config = join(base, 'keras.yaml');
  await writeFile(
    config,
    `dataset: { name: keras-imdb, path: ${folder}, numWords: 40 }
text: { lengthUnit: tokens, maxLength: 8, keep: end }
model: { embedding: { units: 4 }, layers: [{ cell: gru, units: 3 }] }
training: { epochs: 1, batchSize: 8 }
`,
  );
  flags = ['--data-dir', join(base, 'data')];
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('imdb-rnn on keras-imdb', () => {
  it('prepares, encodes, trains, evaluates and predicts with the ids of the data set', async () => {
    const prepared = await runCli(['prepare', '--config', config, ...flags, '--json', '--quiet']);
    expect(JSON.parse(prepared.stdout)).toMatchObject({
      ...{ dataset: 'keras-imdb', examples: 31, knownTokens: 40, oovBuckets: 0 },
      test: { examples: 17 },
    });
    const encoding = ['--json', 'Word1 word-36, (word37)'];
    const encoded = await runCli(['encode', '--config', config, ...flags, ...encoding]);
    const expected = {
      tokens: ['<sos>', 'word1', 'word', '36', 'word37'],
      ids: [1, 4, 2, 2, 2],
      oov: [false, false, true, true, true],
    };
    expect(JSON.parse(encoded.stdout)).toMatchObject(expected);
    const models = ['--models-dir', join(base, 'models')];
    const backend = ['--backend', 'cpu'];
    const train = ['train', '--config', config, '--name', 'mine', '--quiet'];
    const trained = await runCli([...train, ...flags, ...models, ...backend]);
    expect([trained.code, trained.stderr]).toEqual([0, '']);
    const ofRun = await runCli(['encode', '--run', 'mine', ...models, ...encoding]);
    expect(JSON.parse(ofRun.stdout)).toMatchObject(expected);
    const card = await readFile(join(base, 'models', 'mine', 'README.md'), 'utf8');
    expect(card).toMatch(/Embedding 40 x 4/);
    const evaluated = await runCli([
      'eval',
      '--run',
      'mine',
      ...flags,
      ...models,
      ...backend,
      '--json',
      '--quiet',
    ]);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ examples: 17 });
    const predicted = await runCli([
      'predict',
      '--run',
      'mine',
      ...models,
      ...backend,
      '--json',
      'word1 word2',
    ]);
    expect(JSON.parse(predicted.stdout).label).toMatch(/^(negative|positive)$/);
    const notes = await runCli([
      'predict',
      '--run',
      'mine',
      ...models,
      ...backend,
      '--json',
      '!!!',
      'unheard-of',
    ]);
    const lines = notes.stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).note)).toEqual(['no word in it', 'no known word']);
  });

  it('takes local files of the whole data set, and says that they are not the official ones', async () => {
    const npz = join(base, 'whole.npz');
    await writeFile(npz, npzOf({ train: reviewsOf(25_000), test: reviewsOf(25_000) }));
    const words = join(goldenFolder, 'word-index.json');
    const local = ['--npz', npz, '--word-index', words];
    const first = await runCli(['download', '--dataset', 'keras-imdb', ...flags, ...local]);
    expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/imdb\.npz .*MB\n.*\nDone in /)]);
    expect(first.stderr).toMatch(/imdb\.npz is not the official file.*\n.*imdb_word_index\.json is not/);
    const again = await runCli(['download', '--dataset', 'keras-imdb', ...flags, '--json', '--quiet']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      dataset: 'keras-imdb',
      files: { npz: { fetched: false, official: false }, wordIndex: { fetched: false } },
    });
  });

  it('says how to give the data by path when it cannot be downloaded, and never trains on the sample', async () => {
    const proxy = {
      HTTPS_PROXY: 'http://127.0.0.1:1',
      NO_PROXY: '',
      https_proxy: undefined,
      no_proxy: undefined,
    };
    const none = join(base, 'none');
    const { code, stdout, stderr } = await runCli(['train', '--config', 'bilstm-200', '--data-dir', none], {
      env: proxy,
      cwd: base,
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/--dataset keras-imdb --npz FILE --word-index FILE/);
    expect(stderr).not.toMatch(/sample/);
  });

  it('is used wrongly with options of the other data set', async () => {
    for (const args of [
      ['--dataset', 'keras-imdb', '--files'],
      ['--npz', 'imdb.npz'],
    ]) {
      const { code, stderr } = await runCli(['download', ...args, ...flags]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: --\S+ goes with --dataset /)]);
    }
  });
});
