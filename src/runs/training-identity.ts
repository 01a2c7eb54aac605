import { stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { fillConfig } from '../config/fill-config.js';
import type { Config } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import { countOf } from '../formats/numbers.js';

/** What a run was trained on: with the same settings and examples a training repeats, and only then may it go on. */
export interface TrainingIdentity {
  readonly config: Config;
  readonly examples: ExamplesIdentity;
}

interface ExamplesIdentity {
  readonly dataset: string;
  readonly count: number;
  /** SHA-256 (hex) of the training split, see `Split.contentHash`. */
  readonly contentHash: string;
  /** The same of the data set's own validation split, where it has one. */
  readonly validationHash?: string;
  /** The user's own files, where the data set consists of such. */
  readonly files?: readonly DataFile[];
}

interface DataFile {
  readonly path: string;
  readonly bytes: number;
  /** ISO 8601 in UTC. */
  readonly modified: string;
}

/** Settings that change no weight of a step that is done: a run may go on with others. */
const freeKeys = new Set(['training.epochs', 'training.checkpoint']);

/** Looks at what is about to be trained on. */
export async function identityOf(prepared: {
  readonly config: Config;
  readonly split: Split;
  readonly validationHash?: string;
}): Promise<TrainingIdentity> {
  const { config, split, validationHash } = prepared;
  const files = await filesOf(config);
  return {
    config,
    examples: {
      dataset: config.dataset.name,
      count: split.count,
      contentHash: split.contentHash,
      ...(validationHash !== undefined && { validationHash }),
      ...(files.length > 0 && { files }),
    },
  };
}

/** What of the settings differs, a line for each key: `training.batchSize: 32 -> 64`. */
export function settingsDifference(former: unknown, now: Config): string[] {
  return differences(filled(former), now, '').filter((line) => !isFree(line));
}

/** What of the examples differs: files first, then how many there are; empty where they are the same. */
export function examplesDifference(
  { examples: before }: TrainingIdentity,
  { examples: after }: TrainingIdentity,
): string[] {
  const sameTraining = before.contentHash === after.contentHash;
  if (sameTraining && before.validationHash === after.validationHash) return [];
  const files = filesDifference(before.files ?? [], after.files ?? []);
  if (sameTraining) return [...files, `${after.dataset}: other validation examples`];
  const counts =
    before.count === after.count
      ? `${countOf(after.count, 'example')} as before, but their content is another one`
      : `${countOf(before.count, 'example')} -> ${countOf(after.count, 'example')}`;
  return [...files, `${after.dataset}: ${counts}`];
}

function filesDifference(former: readonly DataFile[], now: readonly DataFile[]): string[] {
  const changed = now.flatMap((file) => {
    const before = former.find(({ path }) => path === file.path);
    if (!before) return [`${file.path}: is new`];
    if (before.bytes !== file.bytes)
      return [`${file.path}: ${inWords(before.bytes)} -> ${inWords(file.bytes)} bytes`];
    return before.modified === file.modified ? [] : [`${file.path}: was written anew, ${file.modified}`];
  });
  const gone = former.filter(({ path }) => !now.some((file) => file.path === path));
  return [...changed, ...gone.map(({ path }) => `${path}: is no longer read`)];
}

async function filesOf({ dataset }: Config): Promise<DataFile[]> {
  if (dataset.name !== 'files') return [];
  const paths = [dataset.train, dataset.validation].flatMap((files) => files ?? []);
  const found = await Promise.all(
    paths.map(async (path) => {
      const facts = await stat(path).catch(() => undefined);
      return facts && { path, bytes: facts.size, modified: facts.mtime.toISOString() };
    }),
  );
  return found.filter((file) => file !== undefined);
}

/** Settings that this version has beyond those of the version before are what that one did without a word. */
function filled(config: unknown): unknown {
  try {
    return fillConfig(config, 'run.json');
  } catch {
    return config;
  }
}

function differences(former: unknown, now: unknown, key: string): string[] {
  if (isDeepStrictEqual(former, now)) return [];
  if (!isMapping(former) || !isMapping(now)) return [`${key}: ${shown(former)} -> ${shown(now)}`];
  const keys = [...new Set([...Object.keys(former), ...Object.keys(now)])];
  return keys.flatMap((each) => differences(former[each], now[each], key === '' ? each : `${key}.${each}`));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const inWords = (count: number) => count.toLocaleString('en-US');
const shown = (value: unknown) => (value === undefined ? '(not set)' : JSON.stringify(value));
const isFree = (line: string) =>
  [...freeKeys].some((key) => line.startsWith(`${key}:`) || line.startsWith(`${key}.`));
