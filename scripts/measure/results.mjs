// The file that keeps what was measured: one JSON object a line, one line for each training with one seed.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * @typedef {object} Result one training, measured on the test examples
 * @property {string} config name of the packaged config
 * @property {string} settings hash of its settings without the seed
 * @property {any} filled the settings
 * @property {number} seed
 * @property {number} accuracy 0 to 1
 * @property {number} parameters
 * @property {number[]} epochSeconds of each epoch
 * @property {number} seconds of the whole training
 * @property {number} examplesPerSecond while evaluating
 * @property {number} bytes of the model on the disk
 * @property {{ cores: number, [key: string]: unknown }} machine
 */

/**
 * What makes two trainings measurements of the same thing: all settings but the seed, and where the data lies.
 *
 * @param {any} filled a filled config
 * @returns {string}
 */
export function settingsHash(filled) {
  const { seed: _seed, ...settings } = filled;
  const { path: _path, ...dataset } = settings.dataset;
  return createHash('sha256')
    .update(JSON.stringify({ ...settings, dataset }))
    .digest('hex')
    .slice(0, 16);
}

/**
 * All whole lines; a line that was cut off by a kill does not count.
 *
 * @param {string} path
 * @returns {Result[]}
 */
export function readResults(path) {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}

/**
 * Adds a line in one write, so that several measurings may add to one file.
 *
 * @param {string} path
 * @param {Result} result
 */
export function appendResult(path, result) {
  mkdirSync(dirname(path), { recursive: true });
  // A line that a kill has cut off gets its end first, and is no JSON then.
  const isWhole = !existsSync(path) || /(^|\n)$/.test(readFileSync(path, 'utf8').slice(-1));
  appendFileSync(path, `${isWhole ? '' : '\n'}${JSON.stringify(result)}\n`);
}

/**
 * The results of these settings, of each seed the last.
 *
 * @param {readonly Result[]} results
 * @param {{ config: string, settings: string }} of
 * @returns {Result[]} by seed
 */
export function resultsOf(results, { config, settings }) {
  const bySeed = new Map(
    results
      .filter((result) => result.config === config && result.settings === settings)
      .map((result) => [result.seed, result]),
  );
  return [...bySeed.values()].sort((one, other) => one.seed - other.seed);
}
