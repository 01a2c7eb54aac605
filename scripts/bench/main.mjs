// Benchmark of training steps and predicted batches against stock TF.js, Keras, PyTorch and ONNX Runtime:
// npm run bench -- --help
//
// This program stays small and leaves all work to others: on Linux a process begins with the peak memory of the one that
// started it.
import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkBuilt } from './built-package.mjs';
import { readCommandLine, UsageError, usage } from './command-line.mjs';
import { loadAverage, thisMachine, warnOfLoad } from './machine.mjs';
import { measurePeak } from './measure-peak.mjs';
import { measureWork, prepareWork } from './measure-work.mjs';
import { findRivals } from './pythons.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

/** @typedef {Awaited<ReturnType<typeof measure>>} Measurement what --json writes */

const note = (/** @type {string | undefined} */ line) => line !== undefined && console.error(line);

try {
  const options = readCommandLine(process.argv.slice(2));
  if (options.help) console.log(usage);
  else await main(options);
} catch (error) {
  const { message } = /** @type {Error} */ (error);
  console.error(error instanceof UsageError ? `${message}\n\n${usage}` : message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** @param {ReturnType<typeof readCommandLine>} options */
async function main(options) {
  const { jsonFile } = options;
  // Now, not after many minutes of measuring.
  if (jsonFile !== undefined) accessSync(dirname(resolve(jsonFile)), constants.W_OK);
  note(checkBuilt());
  const measurement = await measure(options);
  const { report } = await import('./report.mjs');
  console.log(report(measurement));
  if (jsonFile !== undefined) {
    writeFileSync(jsonFile, `${JSON.stringify(measurement, undefined, 2)}\n`);
    note(`written to ${jsonFile}`);
  }
  const outcomes = measurement.works.flatMap(({ outcomes }) => outcomes);
  if (outcomes.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

/** @param {ReturnType<typeof readCommandLine>} options */
async function measure(options) {
  const { only, threads, rounds, dataDir, config } = options;
  const pythons = await findRivals(options.pythons);
  const folder = makeTemporaryFolder();
  const prepared = [];
  // All of them first: what is missing is told before anything is measured.
  for (const name of config === undefined ? options.works : [config])
    prepared.push(await prepareWork(name, { ...options, folder, pythons, onNote: note }));
  if (prepared.every(({ contenders }) => contenders.length === 0))
    throw new Error(`none of ${only} can be measured here; rivals need --python`);
  const machine = thisMachine();
  const date = new Date().toISOString();
  const before = loadAverage();
  note(warnOfLoad(before, machine.cores));
  const peak = await measurePeak({ threads, folder });
  const works = [];
  for (const work of prepared) works.push(await measureWork(work, { rounds, peak, onNote: note }));
  const load = { before, after: loadAverage() };
  return { date, machine, load, peak, settings: { dataDir, rounds, threads, pythons }, works };
}
