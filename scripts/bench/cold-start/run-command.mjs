// Runs the built program as its user does, and takes the time.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mainFile } from '../built-package.mjs';

const stepMarker = fileURLToPath(new URL('step-marker.mjs', import.meta.url));
/** What a shell sees of a program that ended well after one Ctrl-C. */
const interruptedCode = 130;

/**
 * @param {readonly string[]} parameters of imdb-rnn
 * @param {{ folder: string }} options folder: where it runs; data/ and models/ are made there
 * @returns {Promise<{ seconds: number, stdout: string }>} from the start of the process to its end
 * @throws {Error} when it fails
 */
export async function timeCommand(parameters, { folder }) {
  const start = performance.now();
  const child = spawn(process.execPath, [mainFile, ...parameters], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, stdout, stderr } = await ended(child);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`imdb-rnn ${parameters[0]} ended with code ${code}: ${stderr.trim()}`);
  return { seconds, stdout };
}

/**
 * Trains for some steps, then presses Ctrl-C.
 *
 * @param {readonly string[]} parameters of imdb-rnn train
 * @param {{ folder: string, name: string, steps: number }} options name: the run's
 * @returns {Promise<{ firstStepSeconds: number, peakMemoryBytes: number }>} from the start of the process to the end of
 *   its first step; and what its run.json says
 * @throws {Error} when it fails
 */
export async function watchTraining(parameters, { folder, name, steps }) {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', stepMarker, mainFile, 'train', ...parameters, '--name', name],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  let firstStepSeconds = Number.NaN;
  let done = 0;
  child.stdio[3]?.on('data', (/** @type {Buffer} */ marks) => {
    if (done === 0) firstStepSeconds = (performance.now() - start) / 1000;
    const isEnough = done < steps && done + marks.length >= steps;
    done += marks.length;
    if (isEnough) child.kill('SIGINT');
  });
  const { code, stderr } = await ended(child);
  if (code !== interruptedCode) {
    throw new Error(`imdb-rnn train ended with code ${code} after ${done} steps: ${stderr.trim()}`);
  }
  const { peakMemoryBytes } = JSON.parse(readFileSync(join(folder, 'models', name, 'run.json'), 'utf8'));
  if (typeof peakMemoryBytes !== 'number') {
    throw new Error(
      `run.json has no peakMemoryBytes after Ctrl-C at step ${done}; imdb-rnn train said: ${stderr.trim()}`,
    );
  }
  return { firstStepSeconds, peakMemoryBytes };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>}
 */
function ended(child) {
  const output = { stdout: '', stderr: '' };
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    child[name]?.setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
