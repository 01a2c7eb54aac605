import { getSystemErrorMap } from 'node:util';
import { explainLackOfMemory } from './lack-of-memory.js';
import { UserError } from './user-error.js';

const otherPlace = 'name another place, such as with --data-dir or --models-dir';
const otherDisk = 'name a folder on another disk, such as with --data-dir or --models-dir';

/** What the usual codes of the operating system mean to a user, and the next step. */
const meanings: Readonly<Record<string, readonly [meaning: string, hint: string]>> = {
  ENOENT: ['it is not there', 'Check the path.'],
  ENOTDIR: ['a part of the path is a file, a folder is expected', `Check the path, or ${otherPlace}.`],
  EEXIST: ['something else is there already', `Move it away, or ${otherPlace}.`],
  EISDIR: ['it is a folder, a file is expected', 'Name a file, or move the folder away.'],
  ENOTEMPTY: ['the folder is not empty', `Move what is in it away, or ${otherPlace}.`],
  ELOOP: [
    'the path goes through too many links, or links in a circle',
    'Mend the links, or name the place itself.',
  ],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter one.'],
  EINVAL: ['the file system does not take this name or this operation', `Check the path, or ${otherPlace}.`],
  EACCES: ['permission denied', `Change the permissions, or ${otherPlace}.`],
  EPERM: ['permission denied', `Change the permissions, or ${otherPlace}.`],
  EROFS: ['the file system is read-only', `Make it writable, or ${otherDisk}.`],
  ENOSPC: ['the disk is full', `Free some space, or ${otherDisk}.`],
  EDQUOT: ['your disk quota is used up', `Free some space, or ${otherDisk}.`],
  EFBIG: [
    'the file system does not allow a file that large',
    `Raise the limit (\`ulimit -f\`), or ${otherDisk}.`,
  ],
  EXDEV: ['it would have to be moved to another disk', 'Name places on one disk.'],
  EBUSY: ['another program is using it', 'End that program, then run the command again.'],
  ETXTBSY: ['another program is using it', 'End that program, then run the command again.'],
  EIO: ['the disk reports an input/output error', `Check the disk, or ${otherDisk}.`],
  EMFILE: ['this program has too many files open', 'Raise the limit, such as with `ulimit -n 4096`.'],
  ENFILE: ['too many files are open on this machine', 'Close other programs, then run the command again.'],
  ENOMEM: ['there is not enough memory', 'Close other programs, or lower training.batchSize.'],
  ERR_FS_FILE_TOO_LARGE: [
    'the file is too large to be read at once',
    'Split it into files of less than 2 GB.',
  ],
};
const otherHint = `Look at the path and its disk, or ${otherPlace}.`;

/** Codes that are the machine's state only where they come with a path; without one they are a slip of the program. */
const onlyWithPath = new Set(['EINVAL']);

export interface SystemErrorText {
  /** `models/x: the disk is full (ENOSPC).` */
  readonly message: string;
  readonly hint: string;
}

/**
 * Plain words for an error of the operating system, which is no bug of the program but a state of the machine: one that
 * carries a code and a path, whatever the code, or a usual code without a path; or WebAssembly's lack of memory. Undefined
 * for every other error.
 */
export function describeSystemError(error: unknown): SystemErrorText | undefined {
  const memory = explainLackOfMemory(error);
  if (memory instanceof UserError && memory !== error) return { message: memory.message, hint: memory.hint! };
  const meaning = meaningOf(error);
  if (!meaning) return undefined;
  return { message: `${placeOf(error as SystemError)}: ${meaning.text}.`, hint: meaning.hint };
}

/**
 * Turns an error of the operating system into one that says what to do; any other error is given back as it is.
 *
 * @param action what was tried, with the path, such as `write data/x`
 * @param options `hint`: the next step; default: what helps against this code anywhere
 */
export function explainFileError(error: unknown, action: string, options: { hint?: string } = {}): unknown {
  const meaning = error instanceof UserError ? undefined : meaningOf(error);
  if (!meaning) return error;
  const tried = action.endsWith(' ') ? `${action}the empty path ""` : action;
  return new UserError(`Cannot ${tried}: ${meaning.text}.`, options.hint ?? meaning.hint, { cause: error });
}

/** Runs `work` and explains the errors of the operating system out of it, see `explainFileError`. */
export async function explainingFileErrors<T>(
  action: string,
  work: () => Promise<T>,
  options: { hint?: string } = {},
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainFileError(error, action, options);
  }
}

/** An error of the operating system that does not say where, as those of an open file do not, with the path; any other as it is. */
export function withPath(error: unknown, path: string): unknown {
  const { code, errno, syscall, path: own, message } = (error ?? {}) as NodeJS.ErrnoException;
  if (!(error instanceof Error) || own !== undefined || errno === undefined) return error;
  return Object.assign(new Error(message, { cause: error }), { code, errno, syscall, path });
}

type SystemError = NodeJS.ErrnoException & { readonly dest?: string };

function meaningOf(error: unknown): { text: string; hint: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, errno, syscall } = error as SystemError;
  if (code === undefined) return undefined;
  if (syscall === 'uv_cwd')
    return { text: `it was removed (${code})`, hint: 'Change into a folder that is there.' };
  const hasPath = typeof path === 'string';
  const usual = Object.hasOwn(meanings, code) && (hasPath || !onlyWithPath.has(code)) && meanings[code];
  if (usual) return { text: `${usual[0]} (${code})`, hint: usual[1] };
  // Codes of Node itself (ERR_...) and of libraries have no number of the operating system.
  if (!hasPath || typeof errno !== 'number') return undefined;
  const text = getSystemErrorMap().get(errno)?.[1] ?? 'the operating system refuses it';
  return { text: `${text} (${code})`, hint: otherHint };
}

/** Where it went wrong: the target of a renaming or copying, else the path, else what the system was asked for. */
function placeOf({ dest, path, syscall }: SystemError): string {
  const place = dest ?? path;
  if (place === '') return 'The empty path ""';
  if (place !== undefined) return place;
  return syscall === 'uv_cwd' ? 'The working folder' : `The system's "${syscall ?? 'file operation'}"`;
}
