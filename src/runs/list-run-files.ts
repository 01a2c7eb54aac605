import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A file of a run's folder. */
export interface RunFile {
  /** From the folder on, with `/` on any system. */
  readonly name: string;
  readonly bytes: number;
  /** What it is for; absent for files that no training writes. */
  readonly purpose?: string;
}

/** What each file is for, by its name; the first that fits counts. */
const purposes: readonly (readonly [RegExp, string])[] = [
  [/^config\.yaml$/, 'settings'],
  [/^vocabulary\.txt$/, 'known words'],
  [/^labels\.txt$/, 'names of the labels'],
  [/^model\.json$/, 'model: its layers'],
  [/^weights(-[0-9a-f]+)?\.bin$/, 'model: its numbers'],
  [/^decision\.json$/, 'temperatures and thresholds'],
  [/^foreignness\.bin$/, 'what tells foreign texts'],
  [/^ensemble\.json$/, 'what its members were made of'],
  [/^members\//, 'a run that is a member'],
  [/^metrics\.jsonl$/, 'figures of steps and epochs'],
  [/^run\.json$/, 'facts, and checksums of the files'],
  [/^README\.md$/, 'model card'],
  [/^report\.html$/, 'report'],
  [/^evaluation-[a-z]+\.bin$/, 'kept answers (can be computed again)'],
  [/^test-looks\.jsonl$/, 'when the test split was looked at'],
  [/^checkpoint\//, 'checkpoint, for --resume'],
  [/^tensorboard\//, 'TensorBoard events'],
  [/^run\.lock$/, 'mark of a training that runs'],
  [/\.tmp$/, 'left over by a process that has died, or being written'],
];

/** All files of a run's folder by name; what vanishes meanwhile is left out. */
export async function listRunFiles(folder: string): Promise<RunFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: RunFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const facts = await stat(path).catch(() => undefined);
    if (!facts) continue;
    const name = relative(folder, path).split(sep).join('/');
    const purpose = purposes.find(([pattern]) => pattern.test(name))?.[1];
    files.push({ name, bytes: facts.size, ...(purpose !== undefined && { purpose }) });
  }
  return files.sort((one, other) => (one.name < other.name ? -1 : 1));
}
