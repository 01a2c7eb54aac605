import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { tinyExamples } from '../training/tiny-data.js';
import { collect, runCli, startCli } from './run-cli.js';

let folder: string;
let models: string;
let places: string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  models = join(folder, 'models');
  places = ['--data-dir', join(folder, 'data'), '--models-dir', models, '--threads', '1'];
});
afterAll(() => rm(folder, { recursive: true }));

/** A config of an ensemble on the sample, and the flags that train by it. */
async function trainBy(name: string, members: string, further = ''): Promise<string[]> {
  const path = join(folder, `${name}.yaml`);
  const model = `model:\n  type: ensemble\n  members:\n${members}`;
  await writeFile(path, `dataset: {name: sample}\n${model}\n${further}`);
  return ['train', '--config', path, '--name', name, ...places];
}

/** Trains in a second. */
async function smallConfig(): Promise<string> {
  const path = join(folder, 'small.yaml');
  await writeFile(
    path,
    'text: {maxLength: 20}\nmodel: {embedding: {units: 2}, layers: [{cell: gru, units: 2}]}\n' +
      'training: {epochs: 2, validationSplit: 0}\n',
  );
  return path;
}

describe('imdb-rnn train with the config of an ensemble', () => {
  it('trains each member on the data of the ensemble, and joins them by the given weights', async () => {
    const members = `    - {config: ${await smallConfig()}, seeds: 2, weight: 1}\n    - {config: bag-of-words, weight: 2}`;
    const { code, stdout } = await runCli([
      ...(await trainBy('both', members, 'training: {validationSplit: 0.2}')),
      ...['--seed', '3', '--json', '--quiet'],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      run: 'both',
      members: [
        { name: 'both-small-seed-3', weight: 1 },
        { name: 'both-small-seed-4', weight: 1 },
        { name: 'both-bag-of-words', weight: 2 },
      ],
    });
    expect(await readdir(models)).toEqual([
      ...['both', 'both-bag-of-words', 'both-small-seed-3', 'both-small-seed-4'],
    ]);
    const config = await readFile(join(models, 'both-small-seed-4', 'config.yaml'), 'utf8');
    expect(config).toMatch(/^seed: 4$/m);
    expect(config).toMatch(/^ {2}name: sample$/m);
    expect(config).toMatch(/^ {2}validationSplit: 0\.2$/m);
    expect(config).toMatch(/^ {2}epochs: 2$/m);
    const answer = await runCli(['predict', '--run', 'both', '--models-dir', models, '--json', 'fine']);
    expect(answer.code).toBe(0);
  });

  it('keeps members that have finished, and chooses weights where none are given', async () => {
    const members = '    - config: gru-small\n    - config: bag-of-words';
    const flags = await trainBy('fitted', members, 'training: {validationSplit: 0.2}');
    const before = JSON.parse((await runCli([...flags, '--json', '--quiet'])).stdout);
    expect(before.fit).toMatchObject({ examples: 400 });
    await rm(join(models, 'fitted'), { recursive: true });
    const again = await runCli([...flags, '--json']);
    expect(again.stderr).toMatch(/^member 1 of 2: .*fitted-gru-small has finished before, and is kept$/m);
    expect(again.stderr).toMatch(/^member 2 of 2: .*fitted-bag-of-words has finished before, and is kept$/m);
    expect(JSON.parse(again.stdout)).toEqual(before);
  });

  it('goes on with a member that was stopped', async () => {
    const small = await smallConfig();
    const long = (await readFile(small, 'utf8')).replace('epochs: 2', 'epochs: 200');
    const path = join(folder, 'long.yaml');
    await writeFile(path, long);
    const flags = await trainBy(
      'stopped',
      `    - {config: bag-of-words, weight: 1}\n    - {config: ${path}, weight: 1}`,
    );
    const child = startCli(flags);
    const result = collect(child);
    child.stderr!.on('data', (text: string) => {
      if (text.includes('epoch 1/200  loss')) child.kill('SIGINT');
    });
    const stopped = await result;
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain(
      'Stopped: 1 of 2 members are trained. The same command with --name stopped goes on.',
    );
    await rm(join(models, 'stopped-long'), { recursive: true });
    await writeFile(path, long.replace('epochs: 200', 'epochs: 1'));
    const { code, stderr, stdout } = await runCli(flags);
    expect([code, stderr]).toEqual([0, expect.stringContaining('training stopped-long')]);
    expect(stdout).toMatch(/^stopped-bag-of-words +50\.0 %$/m);
  });

  it.each([
    ['an ensemble in itself', '    - {config: SELF, seeds: 2, weight: 1}', /names .*, which is an ensemble/],
    ['an unknown config', '    - {config: no-such, weight: 1}\n    - {config: gru, weight: 1}', /no-such/],
  ])('refuses %s before anything is trained', async (_what, members, message) => {
    const flags = await trainBy('self', members.replace('SELF', join(folder, 'self.yaml')));
    const { code, stderr } = await runCli(flags);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(await readdir(models)).not.toContain('self-gru');
  });

  it('refuses rounds where there are no texts to teach with, before anything is trained', async () => {
    const flags = await trainBy('untaught', '    - {config: gru, seeds: 2, weight: 1}\n  rounds: 2');
    const { code, stderr } = await runCli(flags);
    expect([code, stderr]).toEqual([1, expect.stringContaining('has no unsupervised split')]);
    expect(stderr).not.toContain('training');
  });

  it('refuses several seeds of the whole', async () => {
    const flags = await trainBy('seeds', '    - {config: gru, seeds: 2, weight: 1}');
    const { code, stderr } = await runCli([...flags, '--seeds', '2']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('an ensemble is trained once')]);
  });

  it('trains them again with what they made of the texts without labels', async () => {
    const reviews = join(folder, 'reviews');
    const texts = tinyExamples(40).map(({ text }) => ({ text, target: -1 }));
    await writeData(reviews, { train: tinyExamples(200), test: tinyExamples(20), unsupervised: texts });
    const path = join(folder, 'rounds.yaml');
    const members =
      `    - {config: ${await smallConfig()}, weight: 1, set: [training.batchSize=16], setTaught: [training.epochs=1]}\n` +
      '    - {config: bag-of-words, weight: 1}\n';
    await writeFile(path, `model:\n  type: ensemble\n  rounds: 2\n  join: allRounds\n  members:\n${members}`);
    const train = ['train', '--config', path, '--name', 'two', '--data-dir', reviews];
    const flags = [...train, ...['--models-dir', models, '--threads', '1']];
    const { code, stderr, stdout } = await runCli(flags);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/round 2 of 2, member 1 of 2: training two-small$/m),
    ]);
    expect(stderr).toMatch(/^40 texts without a label are learnt as .*two-round-1 answers them$/m);
    const shares = [...stdout.matchAll(/^(two\S+) +25\.0 %$/gm)].map(([, name]) => name);
    expect(shares).toEqual([
      ...['two-round-1-small', 'two-round-1-bag-of-words', 'two-small', 'two-bag-of-words'],
    ]);
    const settings = (run: string) => readFile(join(models, run, 'config.yaml'), 'utf8');
    expect(await settings('two-round-1-small')).toMatch(/epochs: 2\n.*batchSize: 16\n.*teacher: none/s);
    expect(await settings('two-small')).toMatch(/epochs: 1\n.*batchSize: 16\n.*run: two-round-1\n/s);
    await rm(join(models, 'two'), { recursive: true });
    await rm(join(models, 'two-bag-of-words'), { recursive: true });
    const again = await runCli(flags);
    expect(again.stderr).toMatch(
      /^round 2 of 2, member 1 of 2: .*two-small has finished before, and is kept$/m,
    );
    expect(again.stderr).toMatch(/^round 2 of 2, member 2 of 2: training two-bag-of-words$/m);
    expect(again.stdout).toBe(stdout);
  });
});
