import { stringify } from 'yaml';
import type { Config } from './schema.js';

/** A filled config as YAML, keys in the schema's order; loading it again gives the same config. */
export function serializeConfig(config: Config): string {
  return stringify(config, { aliasDuplicateObjects: false });
}
