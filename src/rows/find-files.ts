import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { nearestFile } from './nearest-file.js';

/**
 * The files (or folders) that paths and patterns (`*`, `**`, `?`, `[ab]`, `{a,b}`) name, each once: sorted within a
 * pattern, and in the order of the patterns. A path that exists is never taken for a pattern.
 *
 * @throws UserError where one of them names nothing, with the nearest name that is there
 */
export async function findFiles(pathsOrGlobs: readonly string[]): Promise<string[]> {
  const found = new Map<string, string>();
  const add = (path: string) => {
    if (!found.has(resolve(path))) found.set(resolve(path), path);
  };
  for (const pattern of pathsOrGlobs) {
    if (await stat(pattern).catch(() => undefined)) {
      add(pattern);
      continue;
    }
    const { glob, isDynamicPattern } = await import('tinyglobby');
    const isPattern = isDynamicPattern(pattern);
    const posix = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
    const options = { expandDirectories: false, absolute: isAbsolute(pattern) };
    const matches = isPattern ? await glob(posix, options) : [];
    for (const match of matches.sort()) add(match);
    if (matches.length > 0) continue;
    const near = await nearestFile(pattern);
    const hint = near === undefined ? 'Check the path.' : `Did you mean "${near}"?`;
    throw new UserError(isPattern ? `No file matches ${pattern}.` : `${pattern} is not there.`, hint);
  }
  return [...found.values()];
}
