import { loadConfig } from '../config/load-config.js';
import { packagedConfigs } from '../config/packaged-configs.js';
import type { Config } from '../config/schema.js';
import { configRows } from './config-rows.js';

/** A packaged config, and which settings of another one differ from it. */
export interface NearestConfig {
  readonly name: string;
  readonly differences: readonly SettingDifference[];
}

/** Undefined on the side that has no such key. */
export interface SettingDifference {
  readonly key: string;
  readonly value: string | undefined;
  readonly packaged: string | undefined;
}

/**
 * The packaged config that a config differs least from: what it was most likely made of. Of two that are as near, the one
 * that the run's name begins with.
 */
export async function nearestConfig(config: Config, runName: string): Promise<NearestConfig> {
  const candidates = await Promise.all(
    (await packagedConfigs()).map(async ({ name, path }) => {
      const { config: packaged } = await loadConfig(path);
      return { name, differences: settingDifferences(config, packaged) };
    }),
  );
  const isNamed = ({ name }: NearestConfig) => (runName.startsWith(`${name}-`) ? 0 : 1);
  const [nearest] = candidates.sort(
    (one, other) => one.differences.length - other.differences.length || isNamed(one) - isNamed(other),
  );
  return nearest;
}

/** The settings that are not the same in both, by dotted keys; a task that was found in the data is no difference to `auto`. */
export function settingDifferences(config: Config, packaged: Config): SettingDifference[] {
  const [rows, others] = [config, packaged].map((each) => new Map(configRows(each)));
  return [...new Set([...rows.keys(), ...others.keys()])]
    .map((key) => ({ key, value: rows.get(key), packaged: others.get(key) }))
    .filter(({ key, value, packaged }) => value !== packaged && !(key === 'task' && packaged === 'auto'));
}
