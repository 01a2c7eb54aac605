import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { markOf } from '../../src/runs/checksum.js';
import { createRun } from '../../src/runs/create-run.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { temporaryFolder, tinyConfig, tinyLabels, tinyRun, tinyVocabulary, useCpu } from './tiny-run.js';

beforeAll(useCpu);

const content = { config: tinyConfig(), vocabulary: tinyVocabulary, labels: tinyLabels };
/** Another program's view of the folder: nothing cached. */
const again = (run: RunFolder, trust?: (reason: string) => void) => new RunFolder(run.path, { trust });

describe('createRun', () => {
  it('stores settings, vocabulary and labels as they are', async () => {
    const run = again(await createRun(await temporaryFolder(), { name: 'first', ...content }));
    expect(run.name).toBe('first');
    expect(await run.readConfig()).toEqual(tinyConfig());
    expect((await run.readVocabulary()).serialize()).toBe(tinyVocabulary.serialize());
    expect((await run.readVocabulary()).oovBuckets).toBe(3);
    expect(await run.readLabels()).toEqual(tinyLabels);
  });

  it('names a run after its config, the date and a number, and makes the models folder', async () => {
    const modelsDir = join(await temporaryFolder(), 'new', 'models');
    const names = [];
    for (let turn = 0; turn < 3; turn += 1) {
      names.push((await createRun(modelsDir, { configName: 'gru2', ...content })).name);
    }
    const date = names[0].slice('gru2-'.length, -2);
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(names).toEqual([`gru2-${date}-1`, `gru2-${date}-2`, `gru2-${date}-3`]);
  });

  it('gives two trainings that start at once two folders', async () => {
    const modelsDir = await temporaryFolder();
    const runs = await Promise.all(
      [1, 2, 3].map(() => createRun(modelsDir, { configName: 'gru2', ...content })),
    );
    expect(new Set(runs.map((run) => run.name)).size).toBe(3);
  });

  it('refuses to overwrite anything', async () => {
    const modelsDir = await temporaryFolder();
    await mkdir(join(modelsDir, 'mine'));
    await expect(createRun(modelsDir, { name: 'mine', ...content })).rejects.toMatchObject({
      name: 'UserError',
      message: `${join(modelsDir, 'mine')} is already there.`,
    });
  });

  it.each(['', '.', '..', '../escape', 'a/b', 'a\\b', '.hidden', '-flag', 'a b', 'nul\0'])(
    'refuses the name %j',
    async (name) => {
      const modelsDir = await temporaryFolder();
      await expect(createRun(modelsDir, { name, ...content })).rejects.toMatchObject({ name: 'UserError' });
      expect(await readdir(modelsDir)).toEqual([]);
    },
  );
});

describe('run.json', () => {
  it('holds versions, machine, what it was told, and size and SHA-256 of every other file', async () => {
    const run = await tinyRun(await temporaryFolder());
    await run.writeCheckpoint({ weights: [], slots: [], state: {} });
    await run.appendMetrics({ type: 'step' });
    await run.writeReport('<!doctype html>');
    await run.writeModelCard('# tiny');
    const summary = await run.writeSummary({ threads: 2 });
    expect(summary).toMatchObject({
      status: 'completed',
      threads: 2,
      versions: {
        'imdb-rnn': expect.any(String),
        node: process.versions.node,
        'tensorflow.js': expect.any(String),
      },
      machine: { platform: process.platform, cores: expect.any(Number) },
    });
    expect(await again(run).readSummary()).toEqual(summary);
    expect(Object.keys(summary.files).map((name) => name.replace(/-[0-9a-f]{16}/, '-…'))).toEqual([
      'README.md',
      'checkpoint/checkpoint.json',
      'checkpoint/tensors-….bin',
      'config.yaml',
      'labels.txt',
      'metrics.jsonl',
      'model.json',
      'report.html',
      'vocabulary.txt',
      'weights.bin',
    ]);
    for (const [name, { bytes, sha256 }] of Object.entries(summary.files)) {
      const file = await readFile(join(run.path, name));
      expect([bytes, sha256]).toEqual([file.length, createHash('sha256').update(file).digest('hex')]);
    }
  });

  it('keeps the time at which the run was made', async () => {
    const run = await createRun(await temporaryFolder(), { name: 'x', ...content });
    const { created } = (await run.readSummary())!;
    expect(Math.abs(Date.parse(created) - Date.now())).toBeLessThan(60_000);
    expect((await again(run).writeSummary({ seconds: 3 })).created).toBe(created);
  });
});

describe('a run that was changed', () => {
  it('is refused when its vocabulary was cut short or edited', async () => {
    const run = await tinyRun(await temporaryFolder());
    const path = join(run.path, 'vocabulary.txt');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, -6));
    await expect(again(run).readVocabulary()).rejects.toThrow(
      `${path} has 37 bytes, expected 43: it was cut short.`,
    );
    await writeFile(path, text.replace('good', 'evil'));
    await expect(again(run).readVocabulary()).rejects.toThrow('was changed after it was written');
  });

  it('is refused when a file is missing', async () => {
    for (const name of ['config.yaml', 'vocabulary.txt', 'labels.txt']) {
      const run = await tinyRun(await temporaryFolder());
      await rm(join(run.path, name));
      await expect(again(run).readModel()).rejects.toMatchObject({
        name: 'UserError',
        message: `${join(run.path, name)} is missing.`,
      });
    }
  });

  it('is refused by line when its vocabulary cannot be one, even where it is trusted', async () => {
    const run = await tinyRun(await temporaryFolder());
    await rm(join(run.path, 'run.json'));
    await writeFile(join(run.path, 'vocabulary.txt'), '<pad>\nthe\nthe\n');
    await expect(again(run, () => {}).readVocabulary()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/^.*tiny: vocabulary, line 3 repeats "the"/),
    });
  });

  it('is refused by line when a newer version wrote a setting that this one does not know, and says which', async () => {
    const run = await tinyRun(await temporaryFolder());
    const path = join(run.path, 'config.yaml');
    const text = (await readFile(path, 'utf8')).replace('    units: 4\n', '    units: 4\n    sparse: true\n');
    await writeFile(path, text);
    const files = { 'config.yaml': markOf(text) };
    const line = text.split('\n').findIndex((row) => row.includes('sparse')) + 1;
    const summary = { ...(await run.readSummary()), versions: { 'imdb-rnn': '9.1.0' }, files };
    await writeFile(join(run.path, 'run.json'), JSON.stringify(summary));
    await expect(again(run).readConfig()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(new RegExp(`config\\.yaml:${line}: .*sparse`)),
      hint: expect.stringContaining('written by imdb-rnn 9.1.0'),
    });
  });

  it.each([
    ['is gone', (path: string) => rm(path)],
    ['is no JSON', (path: string) => writeFile(path, '{"created')],
  ])(
    'is refused when run.json %s, whatever else is whole, and used with a word where it is trusted',
    async (_, damage) => {
      const run = await tinyRun(await temporaryFolder());
      await damage(join(run.path, 'run.json'));
      await expect(again(run).readModel()).rejects.toMatchObject({
        name: 'UserError',
        message: `${join(run.path, 'run.json')} is missing or damaged: nothing proves that the other files are as they were written.`,
        hint: expect.stringContaining('--trust'),
      });
      const reasons: string[] = [];
      (await again(run, (reason) => reasons.push(reason)).readModel()).dispose();
      expect(reasons).toEqual([expect.stringContaining('run.json is missing or damaged')]);
    },
  );

  it('is refused when run.json has no mark of a file', async () => {
    const run = await tinyRun(await temporaryFolder());
    const summary = { ...(await run.readSummary()), files: {} };
    await writeFile(join(run.path, 'run.json'), JSON.stringify(summary));
    await expect(again(run).readLabels()).rejects.toThrow(/labels\.txt has no mark in run\.json/);
  });

  it('is refused when its model.json was changed, and used where it is trusted', async () => {
    const run = await tinyRun(await temporaryFolder());
    const path = join(run.path, 'model.json');
    const text = await readFile(path, 'utf8');
    await writeFile(
      path,
      text.replace('"recurrent_activation":"sigmoid"', '"recurrent_activation":"softmax"'),
    );
    await expect(again(run).readModel()).rejects.toThrow(`${path} was changed`);
    const reasons: string[] = [];
    await writeFile(path, text.replace('"generatedBy":"', '"generatedBy": "'));
    (await again(run, (reason) => reasons.push(reason)).readModel()).dispose();
    expect(reasons).toEqual([expect.stringContaining('model.json has')]);
  });

  it('has no mark of its model while a training goes on, and is read', async () => {
    const run = await tinyRun(await temporaryFolder());
    await run.writeSummary({ status: 'running' });
    const path = join(run.path, 'model.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"generatedBy":"', '"generatedBy": "'));
    (await again(run).readModel()).dispose();
  });

  it('tells which settings were changed, where the run knows what it was trained with', async () => {
    const run = await tinyRun(await temporaryFolder());
    await run.writeSummary({ trainedOn: { config: tinyConfig() } });
    const path = join(run.path, 'config.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('oovBuckets: 3', 'oovBuckets: 30'));
    await expect(again(run).readConfig()).rejects.toThrow(
      /config\.yaml has .*\n {2}text\.oovBuckets: 3 -> 30$/,
    );
  });

  it('takes settings that are being replaced by either content', async () => {
    const run = await tinyRun(await temporaryFolder());
    const path = join(run.path, 'config.yaml');
    const former = await readFile(path);
    const config = { ...tinyConfig(), seed: 9 };
    await run.replaceConfig(config);
    expect(await again(run).readConfig()).toEqual(config);
    const now = await readFile(path);
    // As a kill leaves it between two of the three writings.
    await run.writeSummary({ replacing: { 'config.yaml': markOf(former) } });
    for (const content of [former, now]) {
      await writeFile(path, content);
      expect((await again(run).readConfig()).seed).toBe(content === now ? 9 : 1);
    }
  });
});
