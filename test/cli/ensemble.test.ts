import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
let models: string[];
let flags: string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  models = ['--models-dir', join(folder, 'models')];
  flags = ['--data-dir', join(folder, 'data'), ...models];
  const sample = ['--set', 'dataset={"name":"sample"}', '--set', 'training.epochs=4', '--quiet'];
  for (const config of ['bag-of-words', 'nb-ngrams']) {
    const { code, stderr } = await runCli([
      'train',
      '--config',
      config,
      '--name',
      config,
      ...sample,
      ...flags,
    ]);
    expect([code, stderr]).toEqual([0, '']);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const jsonOf = async (args: readonly string[]) =>
  JSON.parse((await runCli([...args, '--json', '--quiet'])).stdout);

const members = ['bag-of-words', 'nb-ngrams'];

describe('imdb-rnn ensemble', () => {
  it('joins runs, tells their shares, and eval, compare, predict and runs list use the new run', async () => {
    const { code, stdout } = await runCli([
      'ensemble',
      ...members,
      '--name',
      'both',
      '--weights',
      '1,3',
      ...flags,
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^bag-of-words +25\.0 %$/m);
    expect(stdout).toMatch(/^nb-ngrams +75\.0 %$/m);
    const evaluated = await jsonOf(['eval', '--run', 'both', ...flags]);
    expect(evaluated).toMatchObject({ run: 'both', examples: 1000 });
    const { runs } = await jsonOf(['compare', 'both', ...members, ...flags]);
    const compared = runs.find(({ run }: { run: string }) => run === 'both');
    expect(compared.accuracy).toBe(evaluated.accuracy);
    const text = 'What a great film';
    const positives = await Promise.all(
      ['both', ...members].map(async (run) => {
        const answer = await jsonOf(['predict', '--run', run, text, ...models]);
        return (Array.isArray(answer) ? answer[0] : answer).probabilities.positive;
      }),
    );
    expect(positives[0]).toBeCloseTo(positives[1] / 4 + (3 * positives[2]) / 4, 6);
    const listed = await runCli(['runs', 'list', ...models]);
    expect(listed.stdout).toMatch(/^both +finished +ensemble of bag-of-words, nb-ngrams /m);
  });

  it('chooses weights on held-out examples, and says what that gains', async () => {
    const fitted = await runCli(['ensemble', ...members, '--name', 'fitted', '--fit-weights', ...flags]);
    expect(fitted.stdout).toMatch(
      /^Weights fitted on 200 held-out examples: log loss 0\.\d{4}; all alike 0\.\d{4}, the best run alone 0\.\d{4}$/m,
    );
  });

  it('prints JSON', async () => {
    const made = await jsonOf(['ensemble', ...members, '--name', 'json', ...flags]);
    expect(made).toMatchObject({
      run: 'json',
      members: members.map((name) => ({ name, weight: 1 })),
      leftOut: [],
    });
  });

  it('refuses weights that are none, and one run', async () => {
    const wrong = await runCli(['ensemble', ...members, '--name', 'x', '--weights', '1,-1', ...flags]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Expected numbers above 0')]);
    const both = ['--weights', '1,1', '--fit-weights'];
    const twice = await runCli(['ensemble', ...members, '--name', 'x', ...both, ...flags]);
    expect([twice.code, twice.stderr]).toEqual([
      2,
      expect.stringContaining('either --weights or --fit-weights'),
    ]);
    const one = await runCli(['ensemble', members[0], '--name', 'x', ...flags]);
    expect([one.code, one.stderr]).toEqual([
      1,
      expect.stringContaining('An ensemble needs at least two runs'),
    ]);
  });
});
