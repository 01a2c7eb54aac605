import { colorsFor } from './colors.js';
import { writeAboveLiveLine } from './live-line.js';

/** Says things beside the result, on standard error; never what a program that reads the output needs. */
export interface Notes {
  /** One line of what is going on, such as which backend was chosen and why. */
  note(text: string): void;
  /** Something that is likely not what the user wants; begins with `warning: `. */
  warn(text: string): void;
}

/**
 * Notes for one command.
 *
 * ```ts
 * const notes = createNotes({ quiet: options.quiet });
 * notes.note('backend: wasm, 2 threads');
 * ```
 *
 * @param options `quiet` (the command's `--quiet`, default false) keeps all of them back; `stream` is standard error
 */
export function createNotes({
  quiet = false,
  stream = process.stderr,
}: {
  quiet?: boolean;
  stream?: NodeJS.WritableStream;
} = {}): Notes {
  if (quiet) return { note() {}, warn() {} };
  return {
    note: (text) => writeAboveLiveLine(stream, `${text}\n`),
    warn: (text) => writeAboveLiveLine(stream, `${colorsFor(stream).yellow('warning:')} ${text}\n`),
  };
}
