import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { explainingFileErrors } from '../errors/system-error.js';

/** Bytes that are read of a file at a time. */
const chunkBytes = 1 << 20;

const hint = 'Name a text file with one text a line, or - to read from a pipe.';

/**
 * Opens a file of texts as a byte stream, or standard input for `-`; read it with `readLinePortions`.
 *
 * @throws UserError when the file is not there, is a folder, or cannot be read for another reason of the system's
 */
export async function openInput(path: string): Promise<Readable> {
  if (path === '-') return process.stdin;
  return explainingFileErrors(
    `read ${path}`,
    async () => {
      const file = await open(path);
      if ((await file.stat()).isDirectory()) {
        await file.close();
        throw Object.assign(new Error('EISDIR: illegal operation on a directory'), { code: 'EISDIR', path });
      }
      return file.createReadStream({ highWaterMark: chunkBytes });
    },
    { hint },
  );
}
