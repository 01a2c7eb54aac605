// What `npm run bench -- ...` takes.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { contenderKeys } from './contenders.mjs';
import { works } from './works.mjs';

const workNames = Object.keys(works);
const worksHelp = Object.entries(works)
  .map(([name, { about, steps }]) => `    ${name.padEnd(12)} ${about}; ${steps} steps a round`)
  .join('\n');

export const usage = `usage: npm run bench -- [options]

Measures training steps and predicted batches of one model after another on the same batches: our kernels with relaxed and
plain SIMD, with all threads and with one, stock TF.js where the model is of GRU layers in one direction, and, in the Pythons
that are named, Keras, PyTorch and, predicting only, ONNX Runtime. Keras is compiled by XLA, too, and PyTorch by torch.compile,
which takes minutes in the first round, uncounted, and needs a C++ compiler. Build first: npm run build

  --work A,B       models to measure, or all (default gru2); may be given again:
${worksHelp}
  --python PATH    a Python that has one rival or several: Keras (with TensorFlow), PyTorch, ONNX Runtime (with the package
                   onnx); may be given again
  --config NAME    measure the model of a packaged config or YAML file instead
  --steps N        timed steps a round (default: see --work; 100 with --config)
  --warmup N       steps before them that do not count (default: as many)
  --rounds N       rounds; each measures every contender once, in turn (default 3)
  --threads N      what "all threads" means (default: every core)
  --only A,B       measure these only: ${contenderKeys.join(', ')}
  --data-dir DIR   where the examples are (default data); without them the packaged sample is taken
  --json FILE      write everything there, too
  --help

The JSON, with times in milliseconds:
  date, machine, load {before, after}, peak {instructions, threads, one, all} or {missing}, settings {dataDir, rounds,
  threads, pythons}, works [{
    work           name
    steps, warmup
    data           model {idCount, embeddingUnits, layers, learningRate, parameters}, dataset, missing [why data sets that
                   were to come before it did not], examples, batchSize, tokens [of each batch], positions [padded],
                   tokensPerExample
    gflop          {train, predict} of the batch of median length: matrix products of real tokens
    outcomes       [{key, title, result or failure}]; result: name, version, threads, train (ONNX Runtime has none)
                   and predict {variant, ms, rounds [], paddingChange, variants {name: ...}}, parameters, secondBiases
                   (PyTorch and ONNX have two biases where Keras has one), peakMemoryMB, outsideKernels, note, answers [of
                   each round: median, min, p90, mean by variant; firstLoss, lastLoss: means of ten steps]
    ratios         [{name, value, range, target, bound, verdict, detail}]
  }]
  peak is what the machine can do at most, in GFLOP/s with one and with all threads: fused multiply-adds alone, compiled by
  the native kernels' compiler; missing tells how to get it. variant is the fastest one; paddingChange is how far padding
  moves the probabilities of short examples: 0 where it is masked.

Leave the machine alone meanwhile: with a core busy, two threads gain nothing.`;

/** What cannot be understood; the message says why. */
export class UsageError extends Error {}

/**
 * @param {readonly string[]} parameters
 * @throws {UsageError}
 */
export function readCommandLine(parameters) {
  const { values } = parse(parameters);
  const only = values.only === undefined ? undefined : listed([values.only], 'only', contenderKeys);
  if (values.work !== undefined && values.config !== undefined)
    throw new UsageError('--work and --config both say what to measure. Give one of them.');
  const named = listed(values.work ?? ['gru2'], 'work', [...workNames, 'all']);
  return {
    help: values.help ?? false,
    pythons: values.python ?? [],
    works: named.includes('all') ? workNames : named,
    config: values.config,
    dataDir: values['data-dir'] ?? 'data',
    jsonFile: values.json,
    only,
    steps: values.steps === undefined ? undefined : wholeNumber('steps', values.steps, 1),
    warmup: values.warmup === undefined ? undefined : wholeNumber('warmup', values.warmup, 0),
    rounds: wholeNumber('rounds', values.rounds ?? '3', 1),
    threads: wholeNumber('threads', values.threads ?? String(availableParallelism()), 1),
  };
}

/** @param {readonly string[]} parameters */
function parse(parameters) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        work: { type: 'string', multiple: true },
        python: { type: 'string', multiple: true },
        config: { type: 'string' },
        'data-dir': { type: 'string' },
        json: { type: 'string' },
        only: { type: 'string' },
        steps: { type: 'string' },
        warmup: { type: 'string' },
        rounds: { type: 'string' },
        threads: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {readonly string[]} texts each with commas
 * @param {string} name of the option
 * @param {readonly string[]} known
 * @returns {string[]} each once
 */
function listed(texts, name, known) {
  const words = texts.flatMap((text) => text.split(',')).filter((word) => word !== '');
  const unknown = words.find((word) => !known.includes(word));
  const use = `Use some of: ${known.join(', ')}.`;
  if (unknown !== undefined) throw new UsageError(`--${name}: there is no "${unknown}". ${use}`);
  if (words.length === 0) throw new UsageError(`--${name} is empty. ${use}`);
  return [...new Set(words)];
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} least
 */
export function wholeNumber(name, text, least) {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} is "${text}". Give a whole number from ${least} on.`);
}
