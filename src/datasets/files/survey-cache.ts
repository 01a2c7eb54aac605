import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainingFileErrors } from '../../errors/system-error.js';
import { readCacheFile, writeCacheFile } from '../../files/cache-file.js';
import { hashOfFile } from '../fetch/hash-of-file.js';
import { displayPath } from './display-path.js';
import { fileParts, type PartFiles } from './find-split-files.js';
import { describeProblems, strictError } from './problem-log.js';
import type { FilesSettings } from './settings.js';
import { type Survey, type SurveyOptions, survey } from './survey.js';

/** Counted up whenever the same files and settings would give another survey than before. */
const surveyVersion = 1;

export interface SurveyFilesOptions extends SurveyOptions {
  /** The folder of the program's data; surveys are kept in `cache` below it. */
  readonly dataDir: string;
  /** Is told what was found, line by line. */
  readonly onNote?: (note: string) => void;
}

/**
 * The survey of files, from the cache where the same files were surveyed with the same settings.
 *
 * @throws UserError as `survey` does
 */
export async function surveyFiles(
  parts: PartFiles,
  settings: FilesSettings,
  { dataDir, labels, onNote = () => {} }: SurveyFilesOptions,
): Promise<Survey> {
  const key = await surveyKey(parts, settings, labels);
  const path = join(dataDir, 'cache', `files-${key.slice(0, 16)}.bin`);
  const kept = await readCacheFile(path, key);
  const found = kept ? fromSections(kept) : await survey(parts, settings, { labels });
  if (!kept) await writeCacheFile(path, key, toSections(found));
  const [problem] = found.problems.flatMap(({ first }) => first);
  if (settings.strict && problem) throw strictError(problem);
  for (const line of [...describeProblems(found.problems), ...found.notes]) onNote(line);
  return found;
}

async function surveyKey(
  parts: PartFiles,
  { strict: _strict, features, ...settings }: FilesSettings,
  labels: readonly string[] | undefined,
): Promise<string> {
  const hashes: unknown[] = [];
  for (const part of fileParts) {
    for (const path of parts[part] ?? []) hashes.push([part, displayPath(path), await hashOfPath(path)]);
  }
  const { train: _train, validation: _validation, test: _test, ...rest } = settings;
  const known = Object.entries({ ...rest, features }).sort(([one], [other]) => (one < other ? -1 : 1));
  const answers = [surveyVersion, hashes, known, labels ?? null];
  return createHash('sha256').update(JSON.stringify(answers)).digest('hex');
}

/** Hashes of files whose size and time of change have not changed since. */
const knownHashes = new Map<string, string>();

/** SHA-256 of a file; of a folder, of the names and contents of all that is in it. */
async function hashOfPath(path: string): Promise<string> {
  const { size, mtimeMs, ino, isFolder } = await explainingFileErrors(`read ${path}`, async () => {
    const found = await stat(path);
    return { ...found, isFolder: found.isDirectory() };
  });
  if (isFolder) {
    const names = await readdir(path, { recursive: true });
    const hash = createHash('sha256');
    for (const name of names.sort()) {
      const inside = join(path, name);
      if (!(await stat(inside)).isFile()) continue;
      hash.update(`${name}\0${await hashOfFile(inside)}\n`);
    }
    return hash.digest('hex');
  }
  const state = JSON.stringify([path, size, mtimeMs, ino]);
  const known = knownHashes.get(state) ?? (await hashOfFile(path));
  knownHashes.set(state, known);
  return known;
}

function toSections({ sides, ...facts }: Survey): Uint8Array[] {
  return [Buffer.from(JSON.stringify(facts)), sides];
}

function fromSections([facts, sides]: readonly Uint8Array[]): Survey {
  return { ...(JSON.parse(Buffer.from(facts).toString()) as Omit<Survey, 'sides'>), sides };
}
