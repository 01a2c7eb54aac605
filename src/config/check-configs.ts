import { UserError } from '../errors/user-error.js';
import { loadConfig } from './load-config.js';

/** What a check found in one config. */
export interface CheckedConfig {
  /** As it was named by the caller. */
  readonly config: string;
  readonly ok: boolean;
  /** One line each, with file and line. */
  readonly mistakes: readonly string[];
  readonly hint?: string;
}

/** Loads several configs and collects the mistakes of all of them instead of throwing the first. */
export async function checkConfigs(namesOrPaths: readonly string[]): Promise<CheckedConfig[]> {
  return Promise.all(
    namesOrPaths.map(async (config) => {
      try {
        await loadConfig(config);
        return { config, ok: true, mistakes: [] };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { config, ok: false, mistakes: error.message.split('\n'), hint: error.hint };
      }
    }),
  );
}
