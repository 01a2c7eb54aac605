import { rm, utimes, writeFile } from 'node:fs/promises';
import { isRunning } from './running-process.js';
import { machine } from './write-atomically.js';

const markName = /^(?<file>.+)\.(?<pid>\d+)@(?<user>[A-Za-z0-9-]*)\.use$/s;
/** A mark of another machine, of whose processes nothing is known here, counts for so long. */
const foreignMarkMs = 60 * 60 * 1000;
/** How many in this process are using each file. */
const users = new Map<string, number>();

/**
 * Runs `work` while a mark beside a cache file says that it is in use, so that no process clears it away, and touches the
 * file's times. Where neither can be written the work is done all the same.
 *
 * @param options.now the time of the use
 */
export async function usingCacheFile<T>(
  path: string,
  work: () => Promise<T>,
  { now = () => new Date() }: { readonly now?: () => Date } = {},
): Promise<T> {
  const mark = `${path}.${process.pid}@${machine}.use`;
  // Only of a file that is there: marks would else fill the folder of one who has no cache yet.
  const isThere = await utimes(path, now(), now()).then(
    () => true,
    () => false,
  );
  if (!isThere) return work();
  users.set(mark, (users.get(mark) ?? 0) + 1);
  await writeFile(mark, '').catch(() => {});
  try {
    return await work();
  } finally {
    const others = (users.get(mark) ?? 1) - 1;
    if (others > 0) users.set(mark, others);
    else {
      users.delete(mark);
      await rm(mark, { force: true }).catch(() => {});
    }
  }
}

/**
 * The file that a name in the folder marks as in use, and whether the process that marked it may still be there.
 *
 * @param ageMs how long ago the mark was written
 */
export function markedFile(
  name: string,
  ageMs: number,
): { readonly file: string; readonly isLeftOver: boolean } | undefined {
  const { file, pid, user } = markName.exec(name)?.groups ?? {};
  if (file === undefined) return undefined;
  return { file, isLeftOver: user === machine ? !isRunning(Number(pid)) : ageMs > foreignMarkMs };
}
