// The archive that a cold start unpacks.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageFolder } from '../built-package.mjs';

const fileName = 'aclImdb_v1.tar.gz';
const places = [join(packageFolder, 'data', fileName), join(packageFolder, '..', 'shared', 'data', fileName)];

/**
 * @param {string | undefined} named by the user
 * @returns {string} its absolute path
 * @throws {Error} when it is not there
 */
export function findArchive(named) {
  const candidates = named === undefined ? places : [resolve(named)];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    named === undefined
      ? `no ${fileName} in ${candidates.join(' or ')}: name one with --archive FILE`
      : `--archive ${named} is not there`,
  );
}
