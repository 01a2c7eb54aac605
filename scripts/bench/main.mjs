// Benchmark of training steps and predicted batches against stock TF.js, Keras and PyTorch: npm run bench -- --help
//
// This program stays small and leaves all work to others: on Linux a process begins with the peak memory of the one that
// started it.
import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gflopOfBatch } from './arithmetic.mjs';
import { checkBuilt } from './built-package.mjs';
import { readCommandLine, UsageError, usage } from './command-line.mjs';
import { allContenders } from './contenders.mjs';
import { loadAverage, thisMachine, warnOfLoad } from './machine.mjs';
import { findRivals } from './pythons.mjs';
import { ratios } from './ratios.mjs';
import { answerOf } from './run-program.mjs';
import { runRounds } from './run-rounds.mjs';
import { median } from './statistics.mjs';
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
  if (measurement.outcomes.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

/** @param {ReturnType<typeof readCommandLine>} options */
async function measure(options) {
  const { only, threads, steps, warmup, rounds, config, dataDir } = options;
  const pythons = await findRivals(options.pythons);
  const input = join(makeTemporaryFolder(), 'batches.json');
  const data = await makeBatches(input, options);
  if (data.whySample) note(`the packaged sample stands in for the reviews: ${data.whySample}`);
  const contenders = allContenders({ input, threads, steps, warmup }, pythons);
  const chosen = contenders.filter(({ key }) => !only || only.includes(key));
  if (chosen.length === 0) throw new Error(`none of ${only} can be measured here; rivals need --python`);
  const machine = thisMachine();
  const date = new Date().toISOString();
  const before = loadAverage();
  note(warnOfLoad(before, machine.cores));
  const outcomes = await runRounds(chosen, { rounds, onNote: note });
  const results = Object.fromEntries(outcomes.map(({ key, result }) => [key, result]));
  return {
    date,
    machine,
    load: { before, after: loadAverage() },
    settings: { config, dataDir, steps, warmup, rounds, threads, pythons },
    data,
    gflop: gflopOfBatch(data.model, median(data.tokens)),
    outcomes,
    ratios: ratios(results),
  };
}

/**
 * @param {string} output
 * @param {ReturnType<typeof readCommandLine>} options
 */
async function makeBatches(output, { config, dataDir, steps }) {
  const program = fileURLToPath(new URL('make-batches.mjs', import.meta.url));
  const parameters = [output, '--config', config, '--data-dir', dataDir, '--batches', String(steps)];
  /** @type {{ model: import('./batches-file.mjs').Model, dataset: string, whySample?: string, reviews: number, batchSize: number, tokens: number[], positions: number[] }} */
  const data = await answerOf(process.execPath, [program, ...parameters]);
  const { tokens, batchSize } = data;
  const tokensPerReview = tokens.reduce((sum, count) => sum + count, 0) / (tokens.length * batchSize);
  return { ...data, tokensPerReview };
}
