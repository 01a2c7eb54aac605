import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withPath } from '../errors/system-error.js';
import { makeFolder } from './make-folder.js';
import { removeLeftOvers, temporaryPath } from './write-atomically.js';

/** A file that is written piece by piece, and is there under its name only when it is whole. */
export interface AtomicFile {
  write(content: string): Promise<void>;
  /**
   * Syncs what was written and gives it its name.
   *
   * @param transform makes the file's final content of what was written; default: it stays as it is
   */
  commit(transform?: (content: AsyncIterable<Buffer>) => AsyncIterable<Uint8Array>): Promise<void>;
  /** Leaves nothing; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/**
 * Begins a file as `writeAtomically` does, for what is too large to be in memory: under a temporary name beside it.
 *
 * @throws the file system's error, now where the place cannot be written at all
 */
export async function openAtomically(path: string): Promise<AtomicFile> {
  const temporary = temporaryPath(path);
  const transformed = temporaryPath(`${path}.whole`);
  await makeFolder(dirname(path));
  // Renaming onto a folder fails, but only when all the work is done.
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw Object.assign(new Error('EISDIR: illegal operation on a directory'), { code: 'EISDIR', path });
  }
  await removeLeftOvers(path);
  const handle = await open(temporary, 'w');
  let isOpen = true;
  const close = async () => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  const discard = async () => {
    await close();
    await Promise.all([temporary, transformed].map((name) => rm(name, { force: true })));
  };
  return {
    write: (content) => naming(path, () => handle.writeFile(content)),
    commit: (transform) =>
      naming(path, async () => {
        if (!transform) await handle.sync();
        await close();
        if (transform) await copy(temporary, transformed, transform);
        await rename(transform ? transformed : temporary, path);
        await discard();
      }),
    discard,
  };
}

async function naming(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw withPath(error, path);
  }
}

async function copy(
  from: string,
  to: string,
  transform: (content: AsyncIterable<Buffer>) => AsyncIterable<Uint8Array>,
): Promise<void> {
  const handle = await open(to, 'w');
  try {
    for await (const part of transform(createReadStream(from, { highWaterMark: 1 << 20 })))
      await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
