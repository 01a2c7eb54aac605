import { UserError } from '../errors/user-error.js';
import { nearestFile } from './nearest-file.js';

const meanings: Readonly<Record<string, readonly [meaning: string, hint: string]>> = {
  EACCES: ['may not be read: permission denied', 'Change its permissions, or copy it to a place of yours.'],
  EPERM: ['may not be read: permission denied', 'Change its permissions, or copy it to a place of yours.'],
  EISDIR: ['is a folder, a file was expected', 'Name the file inside of it.'],
  ENOTDIR: ['cannot be reached: a part of the path is a file, not a folder', 'Check the path.'],
  ENAMETOOLONG: ['has too long a name', 'Check the path.'],
  ELOOP: ['is a link that leads back to itself', 'Name the file itself.'],
  EMFILE: ['cannot be opened: too many files are open', 'Raise the limit with "ulimit -n 4096".'],
  EIO: ['cannot be read: the disk reports an input/output error', 'Check the disk.'],
};

/** Turns an error of the file system into one that says what to do; any other error is given back as it is. */
export async function explainFileFailure(path: string, error: unknown): Promise<unknown> {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (error instanceof UserError) return error;
  if (code === 'ENOENT') {
    const near = await nearestFile(path);
    const hint = near === undefined ? 'Check the path.' : `Did you mean "${near}"?`;
    return new UserError(`${path} is not there.`, hint, { cause: error });
  }
  const meaning = meanings[code];
  return meaning ? new UserError(`${path} ${meaning[0]} (${code}).`, meaning[1], { cause: error }) : error;
}
