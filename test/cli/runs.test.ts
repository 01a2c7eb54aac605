import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

let pattern: string;
let folder: string;
beforeAll(async () => {
  pattern = await mkdtemp(join(tmpdir(), 'runs-cli-'));
  const settings = [
    '--set',
    'dataset.name=sample',
    '--set',
    'training.epochs=1',
    '--set',
    'training.batchSize=64',
  ];
  const common = ['--quiet', '--threads', '1', '--data-dir', join(pattern, 'data')];
  const options = { cwd: pattern };
  const trained = await runCli(
    ['train', '--config', 'gru-small', ...settings, '--name', 'old', ...common],
    options,
  );
  expect(trained.code).toBe(0);
  await runCli(['eval', '--run', 'old', ...common], options);
  await cp(join(pattern, 'models/old'), join(pattern, 'models/new'), { recursive: true });
  await changeSummary('old', { created: '2025-01-31T10:00:00.000Z' });
  await changeSummary('new', { created: '2025-02-01T10:00:00.000Z', status: 'interrupted', evaluations: {} });
});
afterAll(() => rm(pattern, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runs-cli-'));
  await cp(join(pattern, 'models'), join(folder, 'models'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function changeSummary(run: string, facts: object): Promise<void> {
  const path = join(pattern, 'models', run, 'run.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...facts }));
}

const runs = (...args: string[]) => runCli(['runs', ...args], { cwd: folder });
const names = async () => (await readdir(join(folder, 'models'))).sort();

describe('imdb-rnn runs list', () => {
  it('shows the newest first, with its figures', async () => {
    const { code, stdout } = await runs('list');
    expect(code).toBe(0);
    const [header, first, second] = stdout.split('\n');
    expect(header).toMatch(/^run +status +model +data +task +kept epoch +validation +test +size +age$/);
    expect(first).toMatch(
      /^new +interrupted +GRU 32 +sample +classification +1 of 1 +accuracy \d+\.\d % +- +\d\.\d MB +\d+ days$/,
    );
    expect(second).toMatch(/^old +finished +GRU 32 .* accuracy \d+\.\d % +accuracy \d+\.\d % +/);
    expect(stdout).toMatch(/\n\n2 runs, \d\.\d MB\n$/);
  });

  it('sorts, and prints the same as JSON', async () => {
    const { stdout } = await runs('list', '--json', '--sort', 'test');
    const records = JSON.parse(stdout);
    expect(records.map(({ run }: { run: string }) => run)).toEqual(['old', 'new']);
    expect(records[0]).toMatchObject({
      ...{ status: 'finished', model: 'GRU 32', dataset: 'sample', task: 'classification', keptEpoch: 1 },
      ...{ created: '2025-01-31T10:00:00.000Z', problem: null, testLooks: 1, epochs: 1, epochsDone: 1 },
      ...{ validation: { accuracy: expect.any(Number) }, test: { examples: 1000 } },
    });
    expect(records[1].test).toBeNull();
  });

  it('names a damaged run and what is wrong with it, beside the others', async () => {
    await writeFile(join(folder, 'models/new/config.yaml'), 'seed: 2\n');
    await rm(join(folder, 'models/old/weights.bin'));
    const { code, stdout } = await runs('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^new +interrupted, damaged +- /m);
    expect(stdout).toMatch(/^new: models\/new\/config.yaml has 8 bytes, expected /m);
    expect(stdout).toMatch(/^old: its model is damaged/m);
  });

  it('says what to do where there is none', async () => {
    await rm(join(folder, 'models'), { recursive: true });
    const { stdout, code } = await runs('list');
    expect([code, stdout]).toEqual([0, expect.stringContaining('imdb-rnn train --config gru2')]);
  });
});

describe('imdb-rnn runs', () => {
  it.each([['list'], ['show', 'x'], ['prune', '--unfinished']])(
    '%s refuses a folder that is named and not there',
    async (...words) => {
      const { stderr, code } = await runs(...words, '--models-dir', 'nowhere');
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining('Cannot read the runs in nowhere: it is not there'),
      ]);
      expect(stderr).toContain('Check --models-dir');
    },
  );
});

describe('imdb-rnn runs show', () => {
  it('shows the settings that are not those of the packaged config, figures, files, and what can be done next', async () => {
    const { stdout } = await runs('show', 'new');
    expect(stdout).toMatch(/^setting +here +in gru-small, the nearest packaged config$/m);
    expect(stdout).toMatch(
      /\ndataset\.name +sample +acl-imdb\ntraining\.epochs +1 +4\ntraining\.batchSize +64 +32\n\n/,
    );
    expect(stdout).toMatch(/^validation accuracy +\d+\.\d %$/m);
    expect(stdout).toMatch(/^weights\.bin +723\.3 kB +model: its numbers$/m);
    expect(stdout).toContain('  imdb-rnn train --resume new\n  imdb-rnn eval --run new\n');
    const { stdout: ofOld } = await runs('show', 'old');
    expect(ofOld).toMatch(/^test accuracy +\d+\.\d %$/m);
    expect(ofOld).not.toContain('--resume old');
  });

  it('has the same as JSON, also of the packaged run', async () => {
    const record = JSON.parse((await runs('show', 'gru-small', '--json')).stdout);
    expect(record).toMatchObject({
      ...{ run: 'gru-small', status: 'finished', settings: { nearestConfig: 'gru-small', differences: [] } },
      next: expect.arrayContaining(['imdb-rnn predict --run gru-small "text"']),
    });
  });

  it('suggests the run that was meant', async () => {
    const { code, stderr } = await runs('show', 'ol');
    expect([code, stderr]).toEqual([1, 'error: There is no run "ol" in models.\nhint: Did you mean old?\n']);
  });
});

describe('imdb-rnn runs rename', () => {
  it('renames the folder, the model card and the report, and the run works on', async () => {
    const { code, stdout } = await runs('rename', 'old', 'best');
    expect([code, stdout]).toEqual([0, 'old is best now: models/best\n']);
    expect(await names()).toEqual(['best', 'new']);
    const text = (file: string) => readFile(join(folder, 'models/best', file), 'utf8');
    expect(await text('README.md')).toMatch(/^# best\n/);
    expect(await text('README.md')).toContain('imdb-rnn eval --run best');
    expect(await text('report.html')).toContain('<h1>best</h1>');
    const summary = JSON.parse(await text('run.json'));
    expect(summary.files['README.md'].bytes).toBe(Buffer.byteLength(await text('README.md')));
    const predicted = await runCli(['predict', '--run', 'best', '--quiet', 'fine'], { cwd: folder });
    expect(predicted.code).toBe(0);
  });

  it('keeps what was answered of the test examples: nothing is computed again', async () => {
    await runs('rename', 'old', 'best');
    const { code, stdout, stderr } = await runCli(['compare', 'best', '--json'], { cwd: folder });
    expect([code, JSON.parse(stdout).runs[0].run]).toEqual([0, 'best']);
    expect(stderr).not.toContain('backend');
  });
});

describe('imdb-rnn runs remove', () => {
  it('needs a yes where nobody can be asked', async () => {
    const { code, stderr } = await runs('remove', 'old', 'new');
    expect(stderr).toBe(
      'error: Removing 2 runs (old, new) needs a yes, and there is no terminal to ask on.\nhint: Add --yes.\n',
    );
    expect([code, await names()]).toEqual([1, ['new', 'old']]);
  });

  it('removes several, each once', async () => {
    const { code, stdout, stderr } = await runs('remove', 'old', 'models/old', 'new', '--yes');
    expect([code, stderr]).toEqual([0, 'removed models/old\nremoved models/new\n']);
    expect(stdout).toMatch(/^Removed 2 runs, \d\.\d MB\.\n$/);
    expect(await names()).toEqual([]);
  });

  it('removes none where one of them must stay', async () => {
    const { code, stderr } = await runs('remove', 'old', 'gru-small', '--yes');
    expect([code, stderr]).toEqual([1, expect.stringContaining('gru-small ships with the program')]);
    expect(await names()).toEqual(['new', 'old']);
  });
});

describe('imdb-rnn runs prune', () => {
  it('shows what would go, and removes it when it is told to', async () => {
    const shown = await runs('prune', '--keep', '1', '--dry-run');
    expect(shown.stdout).toMatch(/^These would go:\nrun .*\nold +finished /);
    expect(await names()).toEqual(['new', 'old']);
    const { stdout } = await runs('prune', '--unfinished', '--older-than', '2d', '--yes', '--json');
    expect(JSON.parse(stdout)).toEqual({ removed: ['models/new'], bytes: expect.any(Number) });
    expect(await names()).toEqual(['old']);
    expect((await runs('prune', '--unfinished')).stdout).toBe('No run of models goes by that rule.\n');
  });

  it('wants a rule', async () => {
    const { code, stderr } = await runs('prune', '--yes');
    expect([code, stderr]).toEqual([
      2,
      'error: give a rule: --keep, --older-than or --unfinished\nhint: `imdb-rnn runs prune --help` shows the usage.\n',
    ]);
  });
});
