const advice: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space, or name a folder on another disk.'],
  EDQUOT: ['your disk quota is used up', 'Free some space, or name a folder on another disk.'],
  EACCES: ['you have no permission', 'Change the permissions, or name another place.'],
  EPERM: ['the operation is not permitted', 'Change the permissions, or name another place.'],
  EROFS: ['the disk is read-only', 'Name a folder on another disk.'],
  EMFILE: ['too many files are open', 'Raise the limit, such as with `ulimit -n 4096`.'],
  ENOMEM: ['there is not enough memory', 'Close other programs, or lower training.batchSize.'],
};

/**
 * Plain words for an error of the operating system that is no bug of the program but a state of the machine, such as a
 * full disk; undefined for every other error.
 */
export function describeSystemError(error: unknown): { message: string; hint: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const known = code === undefined ? undefined : advice[code];
  if (!known) return undefined;
  const place = dest ?? path;
  return { message: `${place ? `${place}: ` : ''}${known[0]} (${code}).`, hint: known[1] };
}
