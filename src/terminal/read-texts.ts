import { examineStream, standardInput } from '../rows/examine-stream.js';
import type { TextEncoding } from '../rows/row.js';
import { openInput } from './open-input.js';
import { readLinePortions } from './read-lines.js';

/**
 * The texts of a file that has one on each line, or of standard input for `-`, as they come, some at a time. Found out from the first
 * bytes: gzip and UTF-16 are read, what is no text, or a table, is refused.
 *
 * @param options `encoding`: what the user says it is; default: what the bytes say, else UTF-8
 * @throws UserError where it is not there, or is no text of one line each
 */
export async function* readTexts(
  path: string,
  options: { readonly encoding?: TextEncoding } = {},
): AsyncGenerator<readonly string[]> {
  const name = path === '-' ? standardInput : path;
  const { bytes, encoding } = await examineStream(await openInput(path), { name, ...options });
  yield* readLinePortions(bytes, { encoding });
}
