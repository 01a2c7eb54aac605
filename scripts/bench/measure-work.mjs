// One model: its batches, who can be measured on them, and the measurement.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gflopOfBatch } from './arithmetic.mjs';
import { allContenders } from './contenders.mjs';
import { ratios } from './ratios.mjs';
import { answerOf } from './run-program.mjs';
import { runRounds } from './run-rounds.mjs';
import { median } from './statistics.mjs';
import { works } from './works.mjs';

const stepsWithConfig = 100;

/**
 * What make-batches.mjs answers.
 *
 * @typedef {object} Data
 * @property {import('./batches-file.mjs').Model} model
 * @property {string} dataset
 * @property {string[]} missing why the data sets that were to come before it did not
 * @property {number} examples
 * @property {number} batchSize
 * @property {number[]} tokens of each batch
 * @property {number[]} positions of each batch, padding included
 *
 * @typedef {Awaited<ReturnType<typeof prepareWork>>} Prepared
 * @typedef {Awaited<ReturnType<typeof measureWork>>} MeasuredWork
 */

/**
 * @param {string} name of a work (works.mjs), or a config
 * @param {object} options
 * @param {string} [options.config] given where the name is a config's
 * @param {number} [options.steps] default: the work's
 * @param {number} [options.warmup] default: the work's
 * @param {string} options.dataDir
 * @param {string} options.folder for the file of batches
 * @param {number} options.threads
 * @param {string[]} [options.only] keys of contenders
 * @param {import('./pythons.mjs').Pythons} options.pythons
 * @param {(line: string) => void} options.onNote
 */
export async function prepareWork(name, options) {
  const { config, dataDir, folder, threads, only, pythons, onNote } = options;
  const usual = config === undefined ? works[name] : { steps: stepsWithConfig, warmup: stepsWithConfig };
  const { steps = usual.steps, warmup = usual.warmup } = options;
  const input = join(folder, `${config === undefined ? name : 'config'}.json`);
  const program = fileURLToPath(new URL('make-batches.mjs', import.meta.url));
  const which = [config === undefined ? '--work' : '--config', name];
  const parameters = [program, input, ...which, '--data-dir', dataDir, '--batches', String(steps)];
  /** @type {Data} */
  const data = await answerOf(process.execPath, parameters);
  for (const reason of data.missing) onNote(`${name}: ${data.dataset} stands in: ${reason}`);
  const { layers } = data.model;
  const contenders = allContenders({ input, threads, steps, warmup, layers }, pythons).filter(
    ({ key }) => !only || only.includes(key),
  );
  if (contenders.length === 0) onNote(`${name}: none of ${only} can be measured`);
  const sum = data.tokens.reduce((total, count) => total + count, 0);
  const tokensPerExample = sum / (data.tokens.length * data.batchSize);
  return { work: name, steps, warmup, data: { ...data, tokensPerExample }, contenders };
}

/**
 * @param {Prepared} prepared
 * @param {{ rounds: number, peak: import('./measure-peak.mjs').Peak, onNote: (line: string) => void }} options
 */
export async function measureWork({ contenders, ...work }, { rounds, peak, onNote }) {
  const outcomes = await runRounds(contenders, {
    rounds,
    onNote: (line) => onNote(`${work.work}, ${line}`),
  });
  const results = Object.fromEntries(outcomes.map(({ key, result }) => [key, result]));
  const gflop = gflopOfBatch(work.data.model, median(work.data.tokens));
  const { targets } = works[work.work] ?? {};
  return { ...work, gflop, outcomes, ratios: ratios(results, { targets, gflop: gflop.train, peak }) };
}
