import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';
import { collect, runCli, startCli } from './run-cli.js';

let folder: string;
let models: string;
let args: string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  models = join(folder, 'models');
  const sample = ['--set', 'dataset={"name":"sample"}', '--set', 'training.epochs=3'];
  const folders = ['--data-dir', join(folder, 'data'), '--models-dir', models];
  args = ['train', '--config', 'bag-of-words', ...sample, ...folders];
});
afterAll(() => rm(folder, { recursive: true }));

const weightsOf = (run: string) => readFile(join(models, run, 'weights.bin'));

describe('imdb-rnn train --seeds', () => {
  it('trains a run for each seed, as each would be trained alone, and tells how far they are apart', async () => {
    const { code, stdout } = await runCli([...args, '--seeds', '3', '--seed', '4', '--name', 'bag']);
    expect(code).toBe(0);
    expect(await readdir(models)).toEqual(['bag-seed-4', 'bag-seed-5', 'bag-seed-6']);
    const losses = [...stdout.matchAll(/^ +\d +bag-seed-(\d) +epoch 3 +(0\.\d{4}) +(\d\d\.\d) %$/gm)];
    expect(losses.map(([, seed]) => seed)).toEqual(['4', '5', '6']);
    const [mean] = /^ +mean +(0\.\d{4})/m.exec(stdout)!.slice(1);
    expect(Number(mean)).toBeCloseTo(
      losses.reduce((sum, [, , loss]) => sum + Number(loss) / 3, 0),
      3,
    );
    expect(stdout).toMatch(/^deviation +0\.\d{4} +\d\.\d\d %$/m);
    const [worst, least] = /^ +worst +(0\.\d{4}) +(\d\d\.\d) %$/m.exec(stdout)!.slice(1).map(Number);
    expect(worst).toBe(Math.max(...losses.map(([, , loss]) => Number(loss))));
    expect(least).toBe(Math.min(...losses.map(([, , , accuracy]) => Number(accuracy))));
    const config = await readFile(join(models, 'bag-seed-5', 'config.yaml'), 'utf8');
    expect(config).toMatch(/^seed: 5\nseeds: 1$/m);
    await runCli([...args, '--seed', '5', '--name', 'alone', '--quiet']);
    expect((await weightsOf('alone')).equals(await weightsOf('bag-seed-5'))).toBe(true);
  });

  it('keeps what has finished, and trains what is missing', async () => {
    const again = [...args, '--seeds', '3', '--seed', '4', '--name', 'bag', '--json'];
    const before = JSON.parse((await runCli([...again, '--quiet'])).stdout);
    const former = await weightsOf('bag-seed-5');
    await rm(join(models, 'bag-seed-5'), { recursive: true });
    const { stdout, stderr } = await runCli(again);
    expect(stderr).toMatch(/^seed 4: .*bag-seed-4 has finished before, and is kept$/m);
    expect(stderr).toMatch(/^seed 5: training bag-seed-5$/m);
    expect(JSON.parse(stdout)).toEqual(before);
    expect((await weightsOf('bag-seed-5')).equals(former)).toBe(true);
    const accuracies = before.runs.map(
      (run: { validation: { accuracy: number } }) => run.validation.accuracy,
    );
    expect(before.validation.accuracy).toMatchObject({ count: 3, worst: Math.min(...accuracies) });
  });

  it('refuses runs of the same names that were trained with other settings', async () => {
    const other = [
      ...args,
      '--seeds',
      '2',
      '--seed',
      '4',
      '--name',
      'bag',
      '--set',
      'training.validationSplit=0.2',
    ];
    const { code, stderr } = await runCli(other);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(
        'bag-seed-4 was trained with other settings: training.validationSplit differs.',
      ),
    ]);
  });

  it('goes on with a run that was stopped', async () => {
    const long = [...args, '--config', 'gru', '--set', 'text.maxLength=20', '--threads', '1'];
    const two = [...long, '--seeds', '2', '--name', 'gru', '--set', 'seed=1'];
    const child = startCli(two);
    const result = collect(child);
    child.stderr!.on('data', (text: string) => {
      if (text.includes('epoch 1/3  loss')) child.kill('SIGINT');
    });
    const stopped = await result;
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain('Stopped: 0 of 2 runs are done, gru-seed-1 is begun.');
    const { code, stdout, stderr } = await runCli(two);
    expect([code, stderr]).toEqual([0, expect.stringContaining('seed 1: going on with gru-seed-1')]);
    expect(stdout).toMatch(/^ +2 +gru-seed-2 +epoch \d/m);
  });

  it('is a setting of a config, too, and names runs by config and date', async () => {
    const { stdout } = await runCli([...args, '--set', 'seeds=2', '--json', '--quiet']);
    const names = JSON.parse(stdout).runs.map(({ run }: { run: string }) => run);
    expect(names[0]).toMatch(/^bag-of-words-\d{4}-\d\d-\d\d-1-seed-1$/);
    expect(names[1]).toBe(names[0].replace(/1$/, '2'));
  });

  it('does not go with --resume', async () => {
    const { code, stderr } = await runCli(['train', '--resume', 'x', '--seeds', '2']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--seeds trains new runs')]);
  });
});
