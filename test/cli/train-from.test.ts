import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { put } from '../datasets/files/own-files.js';
import { fileConfig, newRows, oldRows } from '../jobs/continued-trainings.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
const cli = (...args: string[]) => runCli(args, { cwd: folder });

beforeAll(async () => {
  folder = await temporaryFolder();
  await put(join(folder, 'old.csv'), oldRows);
  await put(join(folder, 'new.csv'), newRows);
  await put(join(folder, 'tiny.yaml'), stringify(fileConfig('old.csv')));
  await cli('train', '--config', 'tiny.yaml', '--name', 'base', '--threads', '1');
});
afterAll(() => rm(folder, { recursive: true }));

describe('imdb-rnn train --from', () => {
  it('goes on from a run, and tells in a table what was forgotten and what was learnt', async () => {
    const args = [
      '--from',
      'base',
      '--data',
      'new.csv',
      '--replay',
      '0.5',
      '--epochs',
      '1',
      '--name',
      'more',
    ];
    const { code, stdout, stderr } = await cli('train', ...args, '--threads', '1');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(
        'going on from models/base: new label support beside negative, positive; 1 new word beside ',
      ),
    ]);
    expect(stderr).toContain('labels: negative (0), positive (40), support (40)\n');
    expect(stderr).toContain('36 examples of files are learnt again, of 108 in all\n');
    const tables = stdout.split('\n\n').slice(1);
    expect(tables.map((table) => table.split('\n').slice(0, 2))).toEqual([
      ['Test examples of base:', expect.stringMatching(/^8 examples +before +after +difference$/)],
      ['Test examples of the new data:', expect.stringMatching(/^8 examples +before +after +difference$/)],
    ]);
    expect(tables[0]).toMatch(/^recall of negative +\d/m);
    expect(tables[0]).not.toContain('support');
    expect(tables[1]).toMatch(/^recall of support +0\.0 % /m);
  });

  it('has the same in --json, and measures and goes on with the new run as with any other', async () => {
    const args = ['--from', 'base', '--data', 'new.csv', '--grow', '0', '--epochs', '1', '--name', 'json'];
    const trained = JSON.parse((await cli('train', ...args, '--threads', '1', '--json')).stdout);
    expect(trained.forgetting).toMatchObject({
      former: 'base',
      old: {
        examples: 8,
        recalls: [
          { label: 'negative', examples: 4 },
          { label: 'positive', examples: 4 },
        ],
      },
      new: { examples: 8 },
    });
    const accuracy = trained.forgetting.new.figures.find(
      (figure: { name: string }) => figure.name === 'accuracy',
    );
    expect(accuracy.difference).toBeCloseTo(accuracy.after - accuracy.before, 12);
    const evaluated = JSON.parse((await cli('eval', '--run', 'json', '--json', '--quiet')).stdout);
    expect(evaluated).toMatchObject({
      accuracy: accuracy.after,
      labels: ['negative', 'positive', 'support'],
    });
    const longer = await cli('train', '--resume', 'json', '--epochs', '2', '--json', '--threads', '1');
    expect([longer.code, JSON.parse(longer.stdout)]).toMatchObject([
      0,
      { epochs: [{ epoch: 2 }], forgetting: { former: 'base' } },
    ]);
  });

  it('learns files that have nothing but a new label', async () => {
    await put(
      join(folder, 'one.csv'),
      'text,label\na lost parcel,support\nwhere is it,support\nmy order,support\n',
    );
    const { code, stdout } = await cli(
      'train',
      '--from',
      'base',
      '--data',
      'one.csv',
      '--epochs',
      '1',
      '--quiet',
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining('Test examples of base:')]);
  });

  it('takes options that contradict each other for wrong usage: exit code 2', async () => {
    const wrong = [
      ['--from', 'base'],
      ['--from', 'base', '--data', 'new.csv', '--config', 'tiny.yaml'],
      ['--config', 'tiny.yaml', '--replay', '0.5'],
      ['--config', 'tiny.yaml', '--grow', '5'],
      ['--from', 'base', '--data', 'new.csv', '--replay', '2'],
    ];
    const results = await Promise.all(wrong.map((args) => cli('train', ...args)));
    expect(results.map(({ code, stdout }) => [code, stdout])).toEqual(wrong.map(() => [2, '']));
    expect(results.map(({ stderr }) => stderr.split('\n')[0])).toEqual([
      'error: --from needs --data',
      'error: give either --from, or --config or --resume',
      'error: --replay goes with --from',
      'error: --grow goes with --from',
      "error: option '--replay <share>' argument '2' is invalid. Expected a number from 0 to 1.",
    ]);
  });

  it('says what a run cannot go on with', async () => {
    const { code, stderr } = await cli(
      'train',
      '--from',
      'base',
      '--data',
      'new.csv',
      '--set',
      'text.lowercase=true',
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining('text.lowercase: false -> true\n')]);
  });
});
