import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { explainFileFailure } from './file-failure.js';
import { classFolders, folderRows } from './folder-rows.js';
import { openPairs } from './open-pairs.js';
import { rowFileOf } from './reading.js';
import type { RowFile, RowFileOptions } from './row.js';

/**
 * A folder of data: with a folder for each class, or with texts.txt and labels.txt.
 *
 * @throws UserError where it is neither
 */
export async function openFolder(path: string, options: RowFileOptions): Promise<RowFile> {
  const { format, encoding } = options;
  if (format !== undefined && format !== 'folders' && format !== 'pairs') {
    throw new UserError(`${path} is a folder, a file was expected.`, 'Name the file inside of it.');
  }
  const names = await namesIn(path);
  const texts = names.find((name) => /^texts\.txt(\.gz|\.zst)?$/.test(name));
  const labels = names.find((name) => /^labels\.txt(\.gz|\.zst)?$/.test(name));
  if (format === 'pairs' || (format === undefined && texts !== undefined && labels !== undefined)) {
    if (texts === undefined || labels === undefined) {
      throw new UserError(`${path} does not hold both texts.txt and labels.txt.`, 'Name the two files.');
    }
    return openPairs(join(path, texts), { ...options, labels: join(path, labels) });
  }
  const classes = await classFolders(path);
  if (classes.every((folder) => folder.texts.length === 0)) {
    const splits = classes
      .map(({ label }) => label)
      .filter((name) => /^(train|test|dev|valid|validation)$/.test(name));
    throw new UserError(
      `${path} has no folders with .txt files, one for each class.`,
      splits.length > 0
        ? `Name a folder inside of it: ${join(path, splits[0])}.`
        : 'Name a file inside of it, or another folder.',
    );
  }
  const decoded = encoding === 'latin1' ? 'windows-1252' : encoding;
  return rowFileOf(
    { path, format: 'folders', compression: 'none', encoding: decoded ?? 'utf-8' },
    {
      withoutRows: 'holds no texts',
      read: ({ reportIn }) => folderRows(path, { encoding: decoded, reportIn }),
    },
    options,
  );
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    throw await explainFileFailure(path, error);
  }
}
