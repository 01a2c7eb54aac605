import { join } from 'node:path';
import { fillConfig } from '../config/fill-config.js';
import { parseYaml } from '../config/parse-yaml.js';
import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { fixedFiles, readFixedFile } from './fixed-files.js';
import { readVerified, type Trust } from './read-verified.js';
import { ownVersions, type Summary } from './summary-file.js';
import { settingsDifference, type TrainingIdentity } from './training-identity.js';

/**
 * Reads a run's settings.
 *
 * @throws UserError on a setting that this version does not know, or a changed file, with what was changed
 */
export async function readRunConfig(
  folder: string,
  options: { summary: Summary | undefined; trust: Trust | undefined },
): Promise<Config> {
  const { summary } = options;
  const path = join(folder, fixedFiles.config);
  const text = await readFixedFile(folder, fixedFiles.config, options).catch((error) =>
    whatChanged(error, { path, summary }),
  );
  try {
    return parse(text, path);
  } catch (error) {
    throw (await newerVersionError(error, summary)) ?? error;
  }
}

function parse(text: string, path: string): Config {
  const file = parseYaml(text, path);
  return fillConfig(file.value, (key) => ({
    text: `${path}:${file.lineOf(key) ?? 1}`,
    line: file.lineOf(key),
  }));
}

/** Tells which settings are no longer those of the training, too. */
async function whatChanged(
  error: unknown,
  { path, summary }: { path: string; summary: Summary | undefined },
): Promise<never> {
  const former = (summary?.trainedOn as TrainingIdentity | undefined)?.config;
  if (!(error instanceof UserError) || !former) throw error;
  const now = await readVerified(path, undefined)
    .then((content) => parse(content.toString(), path))
    .catch(() => undefined);
  const lines = now ? settingsDifference(former, now) : [];
  throw new UserError([error.message, ...lines].join('\n  '), error.hint, { cause: error });
}

/** When settings are not understood, the likeliest reason is that another version wrote them: say so. */
async function newerVersionError(
  error: unknown,
  summary: Summary | undefined,
): Promise<UserError | undefined> {
  const wrote = summary?.versions?.['imdb-rnn'];
  const own = (await ownVersions())['imdb-rnn'];
  if (!(error instanceof Error) || wrote === undefined || wrote === own) return undefined;
  const hint = `This run was written by imdb-rnn ${wrote}; this is ${own}. Use that version.`;
  return new UserError(error.message, hint, { cause: error });
}
