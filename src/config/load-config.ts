import { readFile } from 'node:fs/promises';
import { explainingFileErrors } from '../errors/system-error.js';
import { textOfBytes } from '../rows/text-of-bytes.js';
import { displayPath, findConfig } from './find-config.js';
import { type ParsedConfig, parseConfig } from './parse-config.js';

export { fillConfig } from './fill-config.js';

/** A config from a file. */
export interface LoadedConfig extends ParsedConfig {
  /** Absolute path of the file. */
  readonly path: string;
}

/**
 * Loads a config, puts overrides in, checks it and fills in every default.
 *
 * @param nameOrPath a YAML file, or the name of a packaged config such as `gru2`
 * @param overrides `key=value` texts of the command line, such as `training.batchSize=64`
 * @throws UserError with file and line, or `--set`, for all that is wrong with it
 */
export async function loadConfig(
  nameOrPath: string,
  overrides: readonly string[] = [],
): Promise<LoadedConfig> {
  const path = await findConfig(nameOrPath);
  const shown = displayPath(path);
  const text = textOfBytes(await explainingFileErrors(`read ${shown}`, () => readFile(path)), shown);
  return { path, ...parseConfig(text, shown, { overrides }) };
}
