import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CacheFileContent, describeCacheFile } from './cache-file.js';
import { markedFile } from './cache-use.js';
import { isLeftOver } from './write-atomically.js';

/** A file of a cache folder. */
export interface CachedFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** When it was last read or written. */
  readonly lastUsed: Date;
  /**
   * `current`: of this version; `outdated`: of another version, or damaged; `leftOver`: half a file, or a mark, of a process
   * that has died; `writing`: half a file that a process still writes.
   */
  readonly kind: 'current' | 'outdated' | 'leftOver' | 'writing';
  /** Whether a process is reading it. */
  readonly inUse: boolean;
  /** What it holds, where that is known. */
  readonly about?: CacheFileContent;
}

/**
 * The cache files of a folder, the most recently used first; others that lie there are left out. Empty without a folder.
 *
 * @param options.now in ms; default: the present
 */
export async function listCache(
  folder: string,
  { now = Date.now() }: { readonly now?: number } = {},
): Promise<CachedFile[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const found: CachedFile[] = [];
  const used = new Set<string>();
  for (const name of names.sort()) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined);
    if (!facts?.isFile()) continue;
    const shared = { path, name, bytes: facts.size, lastUsed: facts.mtime, inUse: false };
    const mark = markedFile(name, now - facts.mtimeMs);
    if (mark) {
      if (mark.isLeftOver) found.push({ ...shared, kind: 'leftOver' });
      else used.add(mark.file);
    } else if (/\.bin\.\d+(@[A-Za-z0-9-]*)?\.tmp$/.test(name)) {
      const file = name.replace(/\.\d+(@[A-Za-z0-9-]*)?\.tmp$/, '');
      found.push({ ...shared, kind: isLeftOver(name, join(folder, file)) ? 'leftOver' : 'writing' });
    } else if (name.endsWith('.bin')) {
      const described = await describeCacheFile(path);
      if (!described) continue;
      const { isCurrent, about } = described;
      found.push({ ...shared, kind: isCurrent ? 'current' : 'outdated', about });
    }
  }
  return found
    .map((file) => ({ ...file, inUse: used.has(file.name) }))
    .sort(
      (one, other) => other.lastUsed.getTime() - one.lastUsed.getTime() || (one.name < other.name ? -1 : 1),
    );
}

/** Bytes of all of them. */
export function bytesOf(files: readonly CachedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
