import { readFile, stat } from 'node:fs/promises';
import { explainingFileErrors } from '../../errors/system-error.js';
import { KerasFileError } from './keras-file-error.js';

/** Larger files are none of this data set's; the official ones have 17 and 2 MB. */
const mostBytes = 1 << 30;

/**
 * Reads a file of keras-imdb.
 *
 * @returns undefined when it is not there
 * @throws UserError when it cannot be read, or is far too large
 */
export function readKerasFile(path: string): Promise<Buffer | undefined> {
  return explainingFileErrors(`read ${path}`, async () => {
    const size = await sizeOf(path);
    if (size === undefined) return undefined;
    if (size > mostBytes)
      throw new KerasFileError(`${path} has ${size} bytes, at most ${mostBytes} are read.`);
    return readFile(path);
  });
}

/** In bytes; undefined when the file is not there. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
