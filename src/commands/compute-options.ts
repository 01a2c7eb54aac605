import { type Command, InvalidArgumentError, Option } from 'commander';
import { type BackendName, backendNames, loggingBackends } from '../backends/backend-names.js';
import { cacheSizeOption } from './cache-size-option.js';

/** What computes, and what is kept of the data. */
export interface ComputeFlags {
  readonly backend: BackendName;
  readonly threads?: number;
  readonly cacheSize?: number;
  readonly verbose?: boolean;
}

/** Adds the options of {@link ComputeFlags} to a command. */
export function addComputeOptions(command: Command): Command {
  return command
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(cacheSizeOption())
    .addOption(verboseOption());
}

export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Adds the options of {@link OutputFlags} to a command. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false);
}

/** `--backend NAME`, as `options.backend`. */
export function backendOption(): Option {
  return new Option('--backend <name>', 'what computes').choices(backendNames).default('auto');
}

/** `--threads N`, as `options.threads`; undefined means every core. */
export function threadsOption(): Option {
  return new Option('--threads <n>', 'threads to compute with (default: every core)').argParser(
    positiveInteger,
  );
}

/** `--verbose`, as `options.verbose`; undefined where it is not given. */
export function verboseOption(): Option {
  const backends = loggingBackends.join(' and ');
  return new Option('--verbose', `let TensorFlow's own log lines through (backends ${backends})`);
}

/** Parses an option's value; anything but 1, 2, 3, ... is wrong usage. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a whole number above 0.');
}

/** Parses an option's value; anything but 0, 1, 2, ... is wrong usage. */
export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text.trim()) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 0 up.');
}

/** Parses an option's value; anything but a finite number above 0 is wrong usage. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

/** Parses an option's value that is a share or a probability. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a number from 0 to 1.');
}

/** Parses the name of a file of rows that is to be written. */
export function tableFile(path: string): string {
  if (/\.(csv|tsv|jsonl)$/i.test(path)) return path;
  throw new InvalidArgumentError('Expected a file that ends in .csv, .tsv or .jsonl.');
}
