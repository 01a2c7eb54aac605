import { readdir, readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join, relative, sep } from 'node:path';
import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import { packageFile } from '../files/package-root.js';
import { writeAtomically } from '../files/write-atomically.js';
import { type FileMark, markOfFile } from './checksum.js';
import { isPredictionsName } from './predictions-name.js';
import { isLockName } from './run-lock.js';
import { testLooksFile } from './test-looks-file.js';

/** What run.json holds; a training adds backend, threads, seed, times and results. */
export interface Summary {
  /** See {@link runFormat}; absent in the first form. */
  readonly format?: number;
  /** When the run was made, ISO 8601 in UTC. */
  readonly created: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Readonly<Record<string, string | number>>;
  /** Size and SHA-256 of every other file of the run when this was written; names have `/` in them on any system. */
  readonly files: Readonly<Record<string, FileMark>>;
  readonly [key: string]: unknown;
}

export const summaryFile = 'run.json';

/**
 * Number of the form of a run's files, counted up whenever an older version would misread them. 1: versions before 0.2, which
 * name no number. 2: figures by name, examples where 1 says reviews.
 */
export const runFormat = 2;

/** Reads run.json; `undefined` when there is none, or when it is not run.json of any version. */
export async function readSummary(folder: string): Promise<Summary | undefined> {
  const text = await readFile(join(folder, summaryFile), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes run.json: `facts`, the versions and the machine, and the marks of all files that the folder now holds; while a
 * training goes on, of those that it does not change.
 */
export async function writeSummary(
  folder: string,
  facts: Readonly<Record<string, unknown>> & { created: string },
): Promise<Summary> {
  const { format: _format, versions: _versions, machine: _machine, files: _files, ...rest } = facts;
  const summary: Summary = {
    format: runFormat,
    ...rest,
    versions: await ownVersions(),
    machine: thisMachine(),
    files: await marksOf(folder, rest.status === runningStatus ? unchanging : () => true),
  };
  await writeAtomically(join(folder, summaryFile), `${JSON.stringify(summary, undefined, 2)}\n`);
  return summary;
}

/** Versions that a run's numbers depend on. */
export async function ownVersions(): Promise<Record<string, string>> {
  const { name, version } = JSON.parse(await readFile(packageFile('package.json'), 'utf8'));
  return { [name]: version, node: process.versions.node, 'tensorflow.js': tfjsVersion };
}

function thisMachine(): Summary['machine'] {
  const processors = cpus();
  return {
    platform: process.platform,
    architecture: process.arch,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
  };
}

/** How `status` calls a training that has not ended. */
export const runningStatus = 'running';

const unchanging = (name: string) =>
  /^(config\.yaml|vocabulary\.txt|labels\.txt|foreignness\.bin)$/.test(name);

/** Whether a file may change while the run is as it was. */
function isUnmarked(name: string): boolean {
  return name === summaryFile || name === testLooksFile || isPredictionsName(name) || isLockName(name);
}

async function marksOf(
  folder: string,
  isMarked: (name: string) => boolean,
): Promise<Record<string, FileMark>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((name) => !isUnmarked(name) && isMarked(name))
    .sort();
  const marks: Record<string, FileMark> = {};
  for (const name of names) marks[name.split(sep).join('/')] = await markOfFile(join(folder, name));
  return marks;
}
