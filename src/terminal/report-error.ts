import { inspect } from 'node:util';
import { describeSystemError } from '../errors/system-error.js';
import { UserError } from '../errors/user-error.js';
import { colorsFor } from './colors.js';
import { endLiveLine } from './live-line.js';

/**
 * Tells the user about an error: what they can mend as `error: message` and `hint: next step`, without a stack;
 * everything else as a bug, with its stack, its causes and what a report needs.
 *
 * @param options `version`: the program's, for a bug report; `stream`: default standard error; `nameProgram`: puts what starts the
 *   program into a hint, where that is not `imdb-rnn`
 */
export function reportError(
  error: unknown,
  {
    version = '',
    stream = process.stderr,
    nameProgram = (text) => text,
  }: {
    version?: string;
    stream?: NodeJS.WritableStream;
    nameProgram?: (text: string) => string;
  } = {},
): void {
  endLiveLine();
  const { red, cyan } = colorsFor(stream);
  const mendable = error instanceof UserError ? error : describeSystemError(error);
  if (mendable) {
    stream.write(`${red('error:')} ${mendable.message}\n`);
    if (mendable.hint) stream.write(`${cyan('hint:')} ${nameProgram(mendable.hint)}\n`);
    return;
  }
  stream.write(`${red('error:')} ${inspect(error, { colors: false })}\n`);
  const program = `imdb-rnn ${version}`.trim();
  stream.write(
    `This is a bug. Please report it with the lines above: ${program}, Node.js ${process.version}, ${process.platform} ${process.arch}.\n`,
  );
}

/** Whether a write to standard output failed because its reader has gone, as with `imdb-rnn ... | head`: not an error at all. */
export function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
