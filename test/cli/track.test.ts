import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';
import { fakeMlflow } from '../tracking/fake-mlflow.js';
import { runCli } from './run-cli.js';

const settings = ['--set', 'dataset.name=sample', '--set', 'training.epochs=1', '--threads', '1'];
const train = (cwd: string, ...args: string[]) =>
  runCli(['train', '--config', 'averaged-embedding', ...settings, ...args], { cwd });

describe('imdb-rnn train --tensorboard', () => {
  it('writes events into the run, or into a folder of its name elsewhere', async () => {
    const cwd = await temporaryFolder();
    expect((await train(cwd, '--name', 'one', '--tensorboard', '--quiet')).code).toBe(0);
    expect((await train(cwd, '--name', 'two', '--tensorboard', 'logs', '--quiet')).code).toBe(0);
    for (const place of ['models/one/tensorboard', 'logs/two']) {
      expect(await readdir(join(cwd, place))).toEqual([
        expect.stringMatching(/^events\.out\.tfevents\.\d{10}\./),
      ]);
    }
    const shown = await runCli(['runs', 'show', 'one'], { cwd });
    expect(shown.stdout).toMatch(/^tensorboard\/events\S+ +\S+ k?B +TensorBoard events$/m);
  });
});

describe('imdb-rnn train --track', () => {
  it('sends to an MLflow server, and trains all the same where there is none', async () => {
    const cwd = await temporaryFolder();
    const server = await fakeMlflow();
    const sent = await train(cwd, '--name', 'sent', '--track', `mlflow=${server.url}`);
    expect([sent.code, sent.stderr]).toEqual([0, expect.not.stringContaining('warning')]);
    expect(server.requests.at(-1)?.body).toMatchObject({ status: 'FINISHED' });
    await server.close();
    const alone = await train(cwd, '--name', 'alone', '--track', `mlflow=${server.url}`);
    expect(alone.stderr).toContain('warning: nothing more is sent to MLflow: fetch failed: ');
    expect(alone.code).toBe(0);
  });

  it.each(['mlflow', 'mlflow=here', 'wandb=http://localhost'])('refuses %s', async (tracker) => {
    const { code, stderr } = await runCli(['train', '--config', 'gru2', '--track', tracker]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Expected mlflow=URL')]);
  });
});
