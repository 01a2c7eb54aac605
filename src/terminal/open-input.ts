import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UserError } from '../errors/user-error.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a folder, a text file is expected',
  EACCES: 'may not be read by you',
  EPERM: 'may not be read by you',
};

/**
 * Opens a file of texts as a byte stream, or standard input for `-`; read it with `readLines`.
 *
 * @throws UserError when the file is not there, is a folder, or may not be read
 */
export async function openInput(path: string): Promise<Readable> {
  if (path === '-') return process.stdin;
  try {
    const file = await open(path);
    if ((await file.stat()).isDirectory()) {
      await file.close();
      throw Object.assign(new Error(), { code: 'EISDIR' });
    }
    return file.createReadStream();
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw error;
    throw new UserError(
      `${path} ${reason}.`,
      'Name a text file with one text a line, or - to read from a pipe.',
      {
        cause: error,
      },
    );
  }
}
