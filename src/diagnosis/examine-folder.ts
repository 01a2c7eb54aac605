import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { freeBytes } from '../files/free-space.js';

/** A folder that the program reads and writes. */
export interface FolderFacts {
  readonly path: string;
  /** Whether it is there; it is made when it is needed. */
  readonly exists: boolean;
  /** Bytes that may still be written to its disk; absent where the system does not tell. */
  readonly freeBytes?: number;
  /** Why nothing can be written to it; absent where it can. */
  readonly problem?: string;
}

/** Looks at a folder, which need not exist, without writing anything. */
export async function examineFolder(path: string): Promise<FolderFacts> {
  const [free, exists, problem] = await Promise.all([
    freeBytes(path).catch(() => undefined),
    isThere(path),
    problemOf(path),
  ]);
  return {
    ...{ path, exists },
    ...(free !== undefined && { freeBytes: free }),
    ...(problem !== undefined && { problem }),
  };
}

async function problemOf(path: string): Promise<string | undefined> {
  for (let place = resolve(path); ; place = dirname(place)) {
    const facts = await stat(place).catch((error: NodeJS.ErrnoException) => error);
    if (facts instanceof Error) {
      if (facts.code === 'ENOENT' && dirname(place) !== place) continue;
      return `${place} cannot be looked at (${facts.code})`;
    }
    if (!facts.isDirectory()) return `${place} is a file`;
    return access(place, constants.W_OK | constants.X_OK).then(
      () => undefined,
      ({ code }: NodeJS.ErrnoException) => `${place} cannot be written (${code})`,
    );
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
