import { UserError } from '../errors/user-error.js';
import { fillConfig, type Origin } from './fill-config.js';
import { withPresentNames } from './former-names.js';
import { formatKeyPath, type KeyPath, valueAt } from './key-path.js';
import { applyOverrides, overrideOf, parseOverride } from './override.js';
import { type ParsedYaml, parseYaml } from './parse-yaml.js';
import { type Config, configSchema } from './schema.js';

/** What an override changed: `training.batchSize` from 32 to 64. */
export interface AppliedOverride {
  readonly key: string;
  /** The value without the override; undefined where the file alone gives none. */
  readonly from: unknown;
  readonly to: unknown;
}

/** A filled config, and what the command line changed of it. */
export interface ParsedConfig {
  readonly config: Config;
  /** In the order given; of two for the same key only the last. */
  readonly overrides: readonly AppliedOverride[];
}

/**
 * Reads a config from its YAML text, puts overrides in, checks it and fills in every default.
 *
 * @param text the file's content
 * @param origin how the file is called in messages
 * @param options `overrides`: `key=value` texts of the command line, such as `training.batchSize=64`; default none
 * @throws UserError with file and line, or `--set`, for all that is wrong with it
 */
export function parseConfig(
  text: string,
  origin: string,
  { overrides = [] }: { overrides?: readonly string[] } = {},
): ParsedConfig {
  const file = parseYaml(text, origin);
  if (file.value === null) {
    throw new UserError(
      `${origin} is empty.`,
      '`imdb-rnn config print gru2` shows what a config looks like.',
    );
  }
  const parsed = overrides.map(parseOverride);
  const config = fillConfig(applyOverrides(file.value, parsed), (path) => {
    const override = overrideOf(path, parsed, file.value);
    return override ? { text: `--set ${override.text}` } : placeIn(file, origin, path);
  });
  const withoutOverrides = configSchema.safeParse(withPresentNames(file.value)).data ?? file.value;
  const lastOfEach = new Map(parsed.map(({ path }) => [formatKeyPath(path), path]));
  return {
    config,
    overrides: [...lastOfEach].map(([key, path]) => ({
      key,
      from: valueAt(withoutOverrides, path),
      to: valueAt(config, path),
    })),
  };
}

function placeIn(file: ParsedYaml, name: string, path: KeyPath): Origin {
  const line = file.lineOf(path);
  return line === undefined ? { text: name, line: 0 } : { text: `${name}:${line}`, line };
}
