// Who is measured, and how each is started.
import { fileURLToPath } from 'node:url';
import { findNativeKernels, instructionNames } from '../../dist/backends/wasm/native-kernels.js';
import { fastestVectorBits } from '../../dist/backends/wasm/vector-bits.js';
import { rivals } from './pythons.mjs';

/**
 * @typedef {object} Contender
 * @property {string} key for --only, and in the JSON
 * @property {string} title
 * @property {string} program
 * @property {string[]} parameters
 * @property {boolean} [once] so slow that one round must do
 *
 * @typedef {object} Task
 * @property {string} input JSON file with model and batches (rivals/rival.py)
 * @property {number} threads what "all threads" means
 * @property {number} steps
 * @property {number} warmup
 * @property {readonly import('./measured-model.mjs').Layer[]} layers of the model
 */

/** Keys that --only takes. */
const ownKeys = ['compiled', 'compiled-1', 'compiled-avx2', 'relaxed', 'relaxed-1', 'simd', 'simd-1'];
export const contenderKeys = [...ownKeys, 'relaxed-128', 'stock', ...Object.keys(rivals)];

/**
 * @param {Task} task
 * @param {import('./pythons.mjs').Pythons} pythons
 * @returns {Contender[]} all that can run here
 */
export function allContenders({ input, threads, steps, warmup, layers }, pythons) {
  /** @param {number} used */
  const settings = (used) => [input, '--threads', used, '--steps', steps, '--warmup', warmup].map(String);
  const bits = fastestVectorBits();
  /** @param {{ key: string, simd: string, build: string, used: number, vectorBits?: number }} form */
  const own = ({ key, simd, build, used, vectorBits = bits }) => ({
    key,
    title: `imdb-rnn, ${vectorBits}-bit ${build} SIMD, ${used} ${used === 1 ? 'thread' : 'threads'}`,
    program: process.execPath,
    parameters: [file('own-contender.mjs'), ...settings(used), '--simd', simd, '--bits', String(vectorBits)],
  });
  const builds = [
    { key: 'relaxed', simd: 'relaxed-simd', build: 'relaxed' },
    { key: 'simd', simd: 'simd', build: 'plain' },
  ];
  const ours = builds.flatMap((build) =>
    [...new Set([threads, 1])].map((used) =>
      own({ ...build, used, key: used === threads ? build.key : `${build.key}-1` }),
    ),
  );
  ours.unshift(...compiledContenders({ threads, settings }));
  // What this Node would do without V8's joining of operations.
  if (bits === 256) ours.push(own({ ...builds[0], key: 'relaxed-128', used: threads, vectorBits: 128 }));
  const stock = {
    key: 'stock',
    title: 'TF.js, stock cpu backend',
    program: process.execPath,
    parameters: [file('stock-contender.mjs'), input],
    once: true,
  };
  const inPython = Object.entries(rivals).flatMap(([key, { title }]) => {
    const python = pythons[/** @type {keyof typeof rivals} */ (key)];
    if (!python) return [];
    const parameters = [file(`rivals/${key}_rival.py`), ...settings(threads)];
    return [
      {
        key,
        title: `${title}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
        program: python,
        parameters,
      },
    ];
  });
  // The others would take stock TF.js minutes a step, and say no more than GRU layers do.
  const hasStock = layers.every(({ cell, bidirectional }) => cell === 'gru' && !bidirectional);
  return [...ours, ...(hasStock ? [stock] : []), ...inPython];
}

/**
 * The native kernels, where they are built: the best that this processor has, and AVX2 where it has more.
 *
 * @param {{ threads: number, settings: (used: number) => string[] }} task
 * @returns {Contender[]}
 */
function compiledContenders({ threads, settings }) {
  const found = findNativeKernels();
  if ('reason' in found) return [];
  const [best, ...others] = found.addon.sets;
  const forms = [threads, 1].filter((used, place, all) => all.indexOf(used) === place);
  const own = (/** @type {typeof best} */ set, /** @type {number} */ used, /** @type {string} */ key) => ({
    key,
    title: `imdb-rnn, native ${instructionNames[set]}, ${used} ${used === 1 ? 'thread' : 'threads'}`,
    program: process.execPath,
    parameters: [file('own-contender.mjs'), ...settings(used), '--instructions', set],
  });
  return [
    ...forms.map((used) => own(best, used, used === threads ? 'compiled' : 'compiled-1')),
    ...others.map((set) => own(set, threads, `compiled-${set}`)),
  ];
}

/** @param {string} name */
const file = (name) => fileURLToPath(new URL(name, import.meta.url));
