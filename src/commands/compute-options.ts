import { InvalidArgumentError, Option } from 'commander';
import type { BackendName } from '../backends/use-backend.js';

// Named here again: the list of use-backend.ts would load TensorFlow.js for a mere --help.
const backends = { auto: true, wasm: true, tensorflow: true, cuda: true, cpu: true } satisfies Record<
  BackendName,
  true
>;

/** `--backend NAME`, as `options.backend`. */
export function backendOption(): Option {
  return new Option('--backend <name>', 'what computes').choices(Object.keys(backends)).default('auto');
}

/** `--threads N`, as `options.threads`; undefined means every core. */
export function threadsOption(): Option {
  return new Option('--threads <n>', 'threads to compute with (default: every core)').argParser(
    positiveInteger,
  );
}

/** `--verbose`, as `options.verbose`; undefined where it is not given. */
export function verboseOption(): Option {
  return new Option('--verbose', "let TensorFlow's own log lines through (backends tensorflow and cuda)");
}

/** Parses an option's value; anything but 1, 2, 3, ... is wrong usage. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a whole number above 0.');
}
