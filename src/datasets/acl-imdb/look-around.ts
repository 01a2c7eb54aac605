import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { officialArchive } from './official-archive.js';

/** `aclImdb_v1.tar` is what browsers leave that unpack a download by themselves. */
export const archiveNames = [
  officialArchive.fileName,
  officialArchive.fileName.replace(/\.gz$/, ''),
] as const;

/**
 * Looks for the data set where it is put by mistake: one folder further in or out than `<dataDir>/aclImdb`, or as the tree
 * itself in place of the folder around it.
 *
 * @returns the next step, as a sentence; undefined where it is in none of these places
 */
export async function hintToTree(dataDir: string): Promise<string | undefined> {
  const folders = (await readdir(dataDir, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(dataDir, name));
  const around = [
    ...(isNamed(dataDir) ? [dirname(resolve(dataDir))] : []),
    ...folders,
    dirname(resolve(dataDir)),
  ];
  for (const folder of around) {
    if (await isTree(join(folder, 'aclImdb'))) {
      return `The data set is in ${shown(join(folder, 'aclImdb'))}: name the folder around it, --data-dir ${shown(folder)}`;
    }
  }
  for (const folder of [dataDir, ...folders]) {
    if (!isNamed(folder) && (await isTree(folder))) {
      return `${folder} looks like the folder aclImdb itself: move it to ${join(dataDir, 'aclImdb')}`;
    }
  }
  return undefined;
}

/** The archive in a folder, packed or unpacked to a .tar; undefined where it is not there. */
export async function findArchive(folder: string): Promise<string | undefined> {
  for (const name of archiveNames) {
    const path = join(folder, name);
    if ((await stat(path).catch(() => undefined))?.isFile()) return path;
  }
  return undefined;
}

const isNamed = (folder: string) => basename(resolve(folder)) === 'aclImdb';

/** Both layouts: the folders of the archive, or the compact files with their index. */
async function isTree(folder: string): Promise<boolean> {
  const found = (...path: string[]) => stat(join(folder, ...path)).catch(() => undefined);
  if ((await found('index.json'))?.isFile() && (await found('train.jsonl'))?.isFile()) return true;
  for (const split of ['train', 'test']) {
    if (!(await found(split, 'pos'))?.isDirectory() || !(await found(split, 'neg'))?.isDirectory())
      return false;
  }
  return true;
}

/** From here where that is shorter. */
function shown(path: string): string {
  const fromHere = relative(process.cwd(), path) || '.';
  return fromHere.startsWith('..') ? resolve(path) : fromHere;
}
