import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import { configName, isYaml, packagedConfigs } from './packaged-configs.js';

/**
 * Finds a config: the file of that path (`.yaml` may be left out), else the packaged config of that name.
 *
 * @returns its absolute path
 * @throws UserError with the packaged names, and the nearest of them, when there is neither
 */
export async function findConfig(nameOrPath: string): Promise<string> {
  const endings = isYaml(nameOrPath) ? [''] : ['', '.yaml', '.yml'];
  for (const ending of endings) {
    const path = resolve(nameOrPath + ending);
    if (await isFile(path)) return path;
  }
  const packaged = await packagedConfigs();
  const isName = !/[\\/]/.test(nameOrPath);
  const found = isName ? packaged.find(({ name }) => name === configName(nameOrPath)) : undefined;
  if (found) return found.path;
  const names = packaged.map(({ name }) => name);
  const meant = nearest(configName(nameOrPath), names);
  const place = isName ? 'is neither a file here nor a packaged config' : 'is not there';
  throw new UserError(
    `Config ${nameOrPath} ${place}.${meant ? ` Did you mean ${meant}?` : ''}`,
    `Packaged configs: ${names.join(', ')}. \`imdb-rnn config list\` says what each one is.`,
  );
}

/** A path as messages show it: from the current folder if it is inside, else in full. */
export function displayPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '..' || fromHere.startsWith(`..${sep}`) ? path : fromHere;
}

async function isFile(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ?? false;
}
