import { UserError } from '../errors/user-error.js';

/** What the file system's error codes mean to a user, and what to do. */
const meanings: Readonly<Record<string, readonly [meaning: string, hint: string]>> = {
  ENOSPC: [
    'the disk is full',
    'Free some space or choose another disk with --data-dir, then run the command again.',
  ],
  EDQUOT: [
    'your disk quota is used up',
    'Free some space or choose another disk with --data-dir, then run the command again.',
  ],
  EFBIG: ['the file system does not allow a file that large', 'Choose another disk with --data-dir.'],
  EACCES: ['permission denied', 'Change the permissions, or choose a folder of yours with --data-dir.'],
  EPERM: ['permission denied', 'Change the permissions, or choose a folder of yours with --data-dir.'],
  EROFS: ['the file system is read-only', 'Choose another folder with --data-dir.'],
  ENOTDIR: ['a part of the path is a file, a folder is expected', 'Choose another folder with --data-dir.'],
  EEXIST: ['something else is there already', 'Move it away, or choose another folder with --data-dir.'],
  EISDIR: ['it is a folder, a file is expected', 'Move the folder away, or name a file.'],
  ENOENT: ['it is not there', 'Check the path.'],
  EIO: ['the disk reports an input/output error', 'Check the disk, or choose another one with --data-dir.'],
};

/**
 * Turns an error of the file system into one that says what to do; any other error is given back as it is.
 *
 * @param action what was tried, such as `write data/x`
 */
export function explainFileError(error: unknown, action: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  const meaning = meanings[code];
  if (!meaning || error instanceof UserError) return error;
  return new UserError(`Cannot ${action}: ${meaning[0]} (${code}).`, meaning[1], { cause: error });
}

/** Runs `work` and explains the file system's errors out of it, see `explainFileError`. */
export async function explainingFileErrors<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainFileError(error, action);
  }
}
