import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { fillConfig } from '../../src/config/fill-config.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { learningConfig, tinyExamples } from '../training/tiny-data.js';
import { type CliResult, collect, runCli, startCli } from './run-cli.js';

/** Kills of each type of model: 5 in all, or 50 where there is time for them. */
const many = process.env.IMDB_RNN_TEST_ALL === '1';
/** Of a training that is killed, in ms. */
const longestMs = many ? 4_000 : 1_000;
const embedding = { units: 5, dropout: 0.1 };
const types = [
  {
    type: 'recurrent',
    kills: many ? 20 : 2,
    model: { embedding, layers: [{ cell: 'gru', units: 4, recurrentDropout: 0.2 }], dropout: 0.2 },
  },
  {
    type: 'conv1d',
    kills: many ? 10 : 1,
    model: { type: 'conv1d', embedding, filters: 4, kernelSize: 2, dropout: 0.1 },
  },
  {
    type: 'averagedEmbedding',
    kills: many ? 10 : 1,
    model: { type: 'averagedEmbedding', embedding: { units: 4 } },
    training: { optimizer: { name: 'fastText', learningRate: 0.1 } },
  },
  {
    type: 'bagOfWords',
    kills: many ? 10 : 1,
    model: { type: 'bagOfWords', weighting: 'tfIdf', inverseRegularization: 100 },
    training: { optimizer: undefined },
  },
];

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeData(join(folder, 'data'), { train: tinyExamples(many ? 600 : 400) });
});
afterAll(() => rm(folder, { recursive: true }));

const places = ['--threads', '1', '--json'];
const start = (...args: string[]) => startCli(['train', ...places, ...args], { cwd: folder });
const runFile = (run: string, file: string) => readFile(join(folder, 'models', run, file));

interface Line {
  readonly type: string;
  readonly epoch: number;
  readonly step?: number;
}

/** Lines of metrics.jsonl without what depends on the clock. */
async function metricsOf(run: string): Promise<Line[]> {
  const lines = (await runFile(run, 'metrics.jsonl')).toString().trim().split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .map(({ seconds: _seconds, examplesPerSecond: _rate, ...record }) => record);
}

/** Trains, and kills whatever trains so many times: right after its start, or at any moment of the training. */
async function trainKilled(
  run: string,
  { config, kills }: { config: string; kills: number },
): Promise<{ killed: number; last: CliResult }> {
  const first = ['--config', config, '--name', run];
  let isBegun = false;
  for (let killed = 0; ; ) {
    const child = start(...(isBegun ? ['--resume', run] : first));
    const result = collect(child);
    if (killed < kills) {
      const isTraining = new Promise<void>((resolve) => {
        child.stderr!.on('data', (text: string) => text.includes(', run models') && resolve());
      });
      // Every third one dies before anybody knows how far it was.
      if (isBegun && killed % 3 === 2) await sleep(1_500 * Math.random());
      else await Promise.race([isTraining.then(() => sleep(longestMs * Math.random())), result]);
      child.kill('SIGKILL');
    }
    const last = await result;
    if (last.signal !== 'SIGKILL') return { killed, last };
    killed += 1;
    isBegun = true;
  }
}

describe.skipIf(process.platform === 'win32')(
  'a training that is killed again and again (skipped on Windows, which has no signals)',
  () => {
    it.each(types)(
      'of $type ends with the weights and the metrics of one that never was, after $kills of them',
      { timeout: 600_000 },
      async ({ type, kills, model, training }) => {
        const epochs = many ? 40 : 10;
        const { training: defaults, ...others } = learningConfig();
        const settings = {
          ...defaults,
          epochs,
          batchSize: many ? 4 : 8,
          checkpoint: { seconds: 0.05 },
          ...training,
        };
        const filled = fillConfig(
          JSON.parse(JSON.stringify({ ...others, model, training: settings })),
          'test',
        );
        const config = `${type}.yaml`;
        await writeFile(join(folder, config), stringify(filled));
        const whole = `${type}-whole`;
        const result = await runCli(['train', ...places, '--config', config, '--name', whole], {
          cwd: folder,
        });
        expect([result.code, result.stderr]).toEqual([0, expect.any(String)]);
        // A training that ends before it was killed often enough is followed by another one.
        for (let left = kills, count = 1; left > 0; count += 1) {
          const run = `${type}-${count}`;
          const { killed, last } = await trainKilled(run, { config, kills: left });
          left -= killed;
          expect([last.code, last.stderr]).toEqual([0, expect.not.stringContaining('error')]);
          expect((await runFile(run, 'weights.bin')).equals(await runFile(whole, 'weights.bin'))).toBe(true);
          expect(await metricsOf(run)).toEqual(await metricsOf(whole));
        }
      },
    );
  },
);
