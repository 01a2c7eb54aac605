// What `npm run bench -- ...` takes.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { contenderKeys } from './contenders.mjs';

export const usage = `usage: npm run bench -- [options]

Measures training steps and predicted batches of one config on the same batches: our kernels with relaxed and plain SIMD,
with all threads and with one, stock TF.js, and, in the Pythons that are named, Keras and PyTorch. Build first: npm run build

  --python PATH    a Python that has Keras (and TensorFlow) or PyTorch, or both; may be given again
  --config NAME    packaged config or YAML file (default gru2)
  --steps N        timed steps a round (default 100)
  --warmup N       steps before them that do not count (default 100: V8 has optimised everything by then)
  --rounds N       rounds; each measures every contender once, in turn (default 3)
  --threads N      what "all threads" means (default: every core)
  --only A,B       measure these only: ${contenderKeys.join(', ')}
  --data-dir DIR   where the reviews are (default data); without them the packaged sample is taken
  --json FILE      write everything there, too
  --help

Leave the machine alone meanwhile: with a core busy, two threads gain nothing.`;

/** What cannot be understood; the message says why. */
export class UsageError extends Error {}

/**
 * @param {readonly string[]} parameters
 * @throws {UsageError}
 */
export function readCommandLine(parameters) {
  const { values } = parse(parameters);
  const only = values.only?.split(',').filter((key) => key !== '');
  const unknown = only?.find((key) => !contenderKeys.includes(key));
  if (unknown !== undefined) {
    throw new UsageError(`--only: there is no "${unknown}". Use some of: ${contenderKeys.join(', ')}.`);
  }
  return {
    help: values.help ?? false,
    pythons: values.python ?? [],
    config: values.config ?? 'gru2',
    dataDir: values['data-dir'] ?? 'data',
    jsonFile: values.json,
    only,
    steps: wholeNumber('steps', values.steps ?? '100', 1),
    warmup: wholeNumber('warmup', values.warmup ?? '100', 0),
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
 * @param {string} name
 * @param {string} text
 * @param {number} least
 */
export function wholeNumber(name, text, least) {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} is "${text}". Give a whole number from ${least} on.`);
}
