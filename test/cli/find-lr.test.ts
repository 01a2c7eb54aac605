import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const quick = [
  '--set',
  'dataset.name=sample',
  '--set',
  'model.layers=[{cell: gru, units: 4}]',
  '--threads',
  '1',
];
const findLr = (...args: string[]) => runCli(['find-lr', ...args], { cwd: folder });

describe('imdb-rnn find-lr', () => {
  it('shows the loss along the rates, proposes one, and writes nothing but the plot and the cache', async () => {
    const { code, stdout, stderr } = await findLr(
      '--config',
      'gru-small',
      ...quick,
      '--steps',
      '30',
      '--plot',
      'a.svg',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('plot: a.svg');
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^ *rate +loss$/);
    expect(lines[1]).toMatch(/^1\.0e-6 +0\.\d{4}/);
    const rate = stdout.match(/^Proposed: {2}([\d.e-]+), in the middle of the longest descent$/m)?.[1];
    expect(Number(rate)).toBeGreaterThan(0);
    expect(stdout).toContain(`train --config gru-small --set training.optimizer.learningRate=${rate}\n`);
    expect(await readFile(join(folder, 'a.svg'), 'utf8')).toContain('Loss against learning rate');
    expect((await readdir(folder)).sort()).toEqual(['a.svg', 'data']);
  });

  it('gives all steps as JSON', async () => {
    const { code, stdout } = await findLr(
      '--config',
      'gru-small',
      ...quick,
      '--steps',
      '5',
      '--json',
      '--quiet',
    );
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ config: 'gru-small', diverged: false });
    expect(result.points).toHaveLength(5);
    expect(Object.keys(result.points[0])).toEqual(['learningRate', 'loss', 'smoothedLoss']);
  });

  it('is used wrongly without a config, or with rates that are none: exit code 2', async () => {
    expect(await findLr()).toMatchObject({ code: 2, stderr: expect.stringContaining('give --config') });
    expect(await findLr('--config', 'gru2', '--to', '-1')).toMatchObject({
      ...{ code: 2, stderr: expect.stringContaining('Expected a number above 0') },
    });
  });

  it('refuses a model that has no rate: exit code 1', async () => {
    const { code, stderr } = await findLr('--config', 'nb-ngrams', '--set', 'dataset.name=sample');
    expect(code).toBe(1);
    expect(stderr).toContain('is not learnt by the gradients of batches');
  });
});
