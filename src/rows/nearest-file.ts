import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { distance } from 'fastest-levenshtein';

/**
 * The path beside a missing one whose name is most like it: the fewest changed letters, capital letters ignored, and at
 * most half of them. Undefined where none is alike or the folder cannot be read.
 */
export async function nearestFile(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const wanted = basename(path).toLowerCase();
  const names = await readdir(folder).catch(() => []);
  const [best] = names
    .map((name) => ({ name, changes: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, changes }) => changes <= Math.max(wanted.length, name.length) / 2)
    .sort((one, other) => one.changes - other.changes || (one.name < other.name ? -1 : 1));
  if (!best) return undefined;
  return folder === '.' && !path.startsWith('.') ? best.name : join(folder, best.name);
}
