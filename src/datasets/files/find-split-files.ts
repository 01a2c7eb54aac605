import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { explainingFileErrors } from '../../errors/system-error.js';
import { UserError } from '../../errors/user-error.js';
import { findFiles } from '../../rows/find-files.js';
import { displayPath } from './display-path.js';
import type { FilesSettings } from './settings.js';

/** The parts that files may be given for, in the order in which they are read. */
export const fileParts = ['train', 'validation', 'test'] as const;
export type FilePart = (typeof fileParts)[number];

/** Absolute paths of the files, or folders of texts, of each part. */
export type PartFiles = Readonly<Partial<Record<FilePart, readonly string[]>>>;

/** What the parts may be called below `path`. */
const partNames: Readonly<Record<FilePart, RegExp>> = {
  train: /^train(ing)?([.-].*)?$/i,
  validation: /^(validation|valid|val|dev)([.-].*)?$/i,
  test: /^test([.-].*)?$/i,
};

/**
 * The files of each part: what paths and patterns name from the current folder, or what lies below `path`.
 *
 * @throws UserError where one of them names nothing, or a file is in two parts
 */
export async function findSplitFiles(settings: FilesSettings): Promise<PartFiles> {
  const { path } = settings;
  const below: PartFiles = path === undefined ? {} : await partsBelow(path);
  const found: Partial<Record<FilePart, readonly string[]>> = {};
  for (const part of fileParts) {
    const given = settings[part];
    if (given === undefined) {
      if (below[part]) found[part] = below[part];
      continue;
    }
    found[part] = await absoluteFiles(given);
  }
  refuseShared(found);
  return found;
}

/** Absolute paths of what paths and patterns name from the current folder. @throws UserError where one names nothing */
export async function absoluteFiles(given: string | readonly string[]): Promise<string[]> {
  const files = await findFiles([given].flat());
  return files.map((file) => resolve(file));
}

/** Whether a path is a folder with a file or folder for each part, as `path` takes. */
export async function holdsParts(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => []);
  return names.some((name) => partNames.train.test(name));
}

async function partsBelow(path: string): Promise<PartFiles> {
  const names = (await explainingFileErrors(`read ${path}`, () => readdir(path))).sort();
  const parts = fileParts.flatMap((part) => {
    const files = names.filter((name) => partNames[part].test(name)).map((name) => resolve(join(path, name)));
    return files.length > 0 ? [[part, files] as const] : [];
  });
  if (parts.some(([part]) => part === 'train')) return Object.fromEntries(parts);
  throw new UserError(
    `${path} holds neither a folder nor a file called train.`,
    'Give the examples to train on as dataset.train: a file, a pattern, or a folder with a folder for each label.',
  );
}

function refuseShared(parts: PartFiles): void {
  const seen = new Map<string, FilePart>();
  for (const part of fileParts) {
    for (const file of parts[part] ?? []) {
      const other = seen.get(file);
      if (other !== undefined) {
        throw new UserError(
          `${displayPath(file)} is given for ${other} and for ${part}.`,
          'Examples that measure must not be those that are learnt: give two files, or leave one out.',
        );
      }
      seen.set(file, part);
    }
  }
}
