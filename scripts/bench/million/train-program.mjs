// Trains with the program, as a user does, in a process of its own.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mainFile } from '../built-package.mjs';

/** How often the memory is looked at. */
const everyMs = 100;

/**
 * @param {readonly string[]} parameters of `train`
 * @param {{ trainSeconds?: number }} options with `trainSeconds` the training is ended by Ctrl-C after so many seconds
 * @returns {Promise<{ seconds: number, prepareSeconds: number, peakBytes: number, result: any }>} `prepareSeconds`: before
 *   the first step; `result`: what the program prints with --json
 */
export function trainWithProgram(parameters, { trainSeconds } = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1_000;
    const child = spawn(process.execPath, [mainFile, 'train', '--json', ...parameters], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    let [prepareSeconds, peakBytes] = [Number.NaN, 0];
    const looking = setInterval(() => {
      peakBytes = Math.max(peakBytes, residentBytes(child.pid));
    }, everyMs);
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
      if (!Number.isNaN(prepareSeconds) || !/^model of /m.test(errors)) return;
      prepareSeconds = seconds();
      if (trainSeconds !== undefined) setTimeout(() => child.kill('SIGINT'), 1_000 * trainSeconds).unref();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(looking);
      const last = output.trim().split('\n').at(-1) ?? '';
      if (!last.startsWith('{')) {
        reject(new Error(`train ended with ${code}: ${errors.trim().split('\n').slice(-3).join(' / ')}`));
        return;
      }
      const result = JSON.parse(last);
      peakBytes = Math.max(peakBytes, result.peakMemoryBytes ?? 0);
      resolve({ seconds: seconds(), prepareSeconds, peakBytes, result });
    });
  });
}

/** The most that the process has had in memory so far, where the system tells it (Linux); else 0. */
function residentBytes(pid) {
  try {
    const found = /^VmHWM:\s+(?<kB>\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(found?.groups?.kB ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
