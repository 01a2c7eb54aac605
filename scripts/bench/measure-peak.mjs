// What the machine can do at most, beside which stands what a training step does.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiler } from '../native-kernels/compiler.mjs';
import { answerOf } from './run-program.mjs';

const source = fileURLToPath(new URL('peak.c', import.meta.url));
const options = ['-O3', '-ffp-contract=fast', '-mcpu=native', '-pthread'];
// Compilers halve the vectors of some processors with AVX-512 unless they are told not to.
const wide = process.arch === 'x64' ? ['-Xclang', '-mprefer-vector-width=512'] : [];

/**
 * Billions of fused multiply-adds in registers for each second, a multiply-add being two operations.
 *
 * @typedef {{ instructions: string, threads: number, one: number, all: number }} MeasuredPeak GFLOP/s with one thread and with
 *   all of them
 * @typedef {MeasuredPeak | { missing: string }} Peak or why it is not measured
 *
 * @param {object} settings
 * @param {number} settings.threads what "all threads" means
 * @param {string} settings.folder for the program, which is compiled each time: another processor needs another one
 * @param {Pick<typeof compiler, 'isThere' | 'run' | 'howToGet'>} [settings.tools]
 * @param {(program: string, parameters: readonly string[]) => Promise<any>} [settings.measure] gets the program's answer
 * @returns {Promise<Peak>}
 */
export async function measurePeak({ threads, folder, tools = compiler, measure = answerOf }) {
  if (!tools.isThere()) return { missing: `its compiler is not there. Get it: ${tools.howToGet}` };
  const program = join(folder, process.platform === 'win32' ? 'peak.exe' : 'peak');
  try {
    tools.run([...options, ...wide, source, '-o', program]);
    const { instructions, gflops: one } = await measure(program, ['1']);
    const all = threads === 1 ? one : (await measure(program, [String(threads)])).gflops;
    return { instructions, threads, one, all };
  } catch (error) {
    return { missing: /** @type {Error} */ (error).message.split('\n')[0] };
  }
}

/**
 * @param {Peak | undefined} peak
 * @param {number} threads
 * @returns {number | undefined} GFLOP/s with so many threads, where that was measured
 */
export function peakWith(peak, threads) {
  if (!peak || 'missing' in peak) return undefined;
  if (threads === peak.threads) return peak.all;
  return threads === 1 ? peak.one : undefined;
}

/**
 * @param {Peak} peak
 * @returns {string} a sentence
 */
export function describePeak(peak) {
  if ('missing' in peak) return `The machine's peak is not measured: ${peak.missing}`;
  const { instructions, threads, one, all } = peak;
  const together = threads === 1 ? '' : `, ${all.toFixed(1)} with ${threads}`;
  return `The machine's peak, fused multiply-adds alone (${instructions}): ${one.toFixed(1)} GFLOP/s with 1 thread${together}.`;
}
