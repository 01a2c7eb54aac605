import { availableParallelism } from 'node:os';
import { UserError } from '../errors/user-error.js';

/** More threads than this only wait for each other. */
const maximumThreads = 64;

/**
 * The number of threads to compute with.
 *
 * @param asked default: every core
 * @throws UserError when it is not a whole number from 1 to 64
 */
export function threadCount(asked?: number): number {
  const threads = asked ?? Math.min(availableParallelism(), maximumThreads);
  if (Number.isInteger(threads) && threads >= 1 && threads <= maximumThreads) return threads;
  throw new UserError(`The number of threads is ${asked}`, `Use a whole number from 1 to ${maximumThreads}.`);
}

/** That more threads were asked for than there are cores, in a sentence; undefined where they were not. */
export function tooManyThreads(
  asked: number | undefined,
  cores = availableParallelism(),
): string | undefined {
  if (asked === undefined || asked <= cores) return undefined;
  const here = cores === 1 ? '1 core' : `${cores} cores`;
  return `${describeThreads(asked)} on ${here}: they take turns, which is slower and takes more memory. Use ${cores}, or leave the number out`;
}

/** `1 thread`, `2 threads`. */
export function describeThreads(threads: number): string {
  return `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
