// The measurements of a cold start, each in processes of its own.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../statistics.mjs';
import { judged } from '../verdict.mjs';
import { timeCommand, watchTraining } from './run-command.mjs';

const predictions = 7;
const training = ['--config', 'gru2'];

/**
 * @param {string} temporary an empty folder
 * @param {object} options
 * @param {string} options.archive absolute path
 * @param {number} options.rounds
 * @param {number} options.steps after which a training is stopped
 * @param {(line: string) => void} options.onNote
 */
export async function measureWaiting(temporary, { archive, rounds, steps, onNote }) {
  /** @type {Record<'download' | 'cold' | 'cached' | 'predict', number[]>} seconds */
  const times = { download: [], cold: [], cached: [], predict: [] };
  const peaks = /** @type {number[]} */ ([]);
  let folder = temporary;
  for (let round = 1; round <= rounds; round += 1) {
    folder = join(temporary, String(round));
    mkdirSync(folder);
    const download = await timeCommand(['download', '--archive', archive, '--quiet'], { folder });
    const cold = await watchTraining(training, { folder, name: 'cold', steps });
    const cached = await watchTraining(training, { folder, name: 'cached', steps });
    const toFirstStep = download.seconds + cold.firstStepSeconds;
    times.download.push(download.seconds);
    times.cold.push(toFirstStep);
    times.cached.push(cached.firstStepSeconds);
    peaks.push(cold.peakMemoryBytes / 1e9, cached.peakMemoryBytes / 1e9);
    onNote(
      `round ${round} of ${rounds}: ${toFirstStep.toFixed(2)} s cold, ${cached.firstStepSeconds.toFixed(2)} s cached`,
    );
  }
  const question = ['predict', 'What a wonderful film', '--run', 'cached', '--quiet'];
  for (let time = 0; time < predictions; time += 1) {
    const { seconds, stdout } = await timeCommand(question, { folder });
    if (!stdout.includes('%')) throw new Error(`imdb-rnn predict answered "${stdout.trim()}"`);
    times.predict.push(seconds);
  }
  const unpacking = `of which ${median(times.download).toFixed(2)} s for the download command`;
  const memory = `the most of ${peaks.length} trainings of gru2, stopped after ${steps} steps`;
  return [
    figure('archive to first step, cold', times.cold, { unit: 's', target: 8, detail: unpacking }),
    figure('train to first step, cached', times.cached, { unit: 's', target: 2, detail: 'gru2' }),
    figure('predict "text"', times.predict, { unit: 's', target: 0.6, detail: `${predictions} times, gru2` }),
    figure('peak memory of a training', [Math.max(...peaks)], { unit: 'GB', target: 1, detail: memory }),
  ];
}

/**
 * @param {string} name
 * @param {readonly number[]} values
 * @param {{ unit: string, target: number, detail: string }} options
 */
function figure(name, values, { unit, target, detail }) {
  const value = median(values);
  const range = /** @type {[number, number]} */ ([Math.min(...values), Math.max(...values)]);
  return { ...judged(name, { value, target, bound: 'at most', detail }), value, range, unit, values };
}
