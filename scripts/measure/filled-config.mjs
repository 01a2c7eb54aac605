// What a packaged config is once every default is filled in.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string} name @returns {string} the file of a packaged config */
export const configPath = (name) => join(root, 'configs', `${name}.yaml`);

/** @typedef {{ config: string, set: string[], setTaught: string[] }} Member */

/**
 * With the configs of its members, as its last round has them, where it is one of an ensemble: a change of theirs changes what
 * it is. How much is read of a text is what the first member reads.
 *
 * @param {string} name
 * @param {readonly string[]} [settings] that differ, as `--set` has them
 * @returns {any}
 */
export function filledConfig(name, settings = []) {
  const changes = settings.flatMap((setting) => ['--set', setting]);
  const command = [join(root, 'dist', 'main.js'), 'config', 'print', configPath(name), '--quiet', '--json'];
  const filled = JSON.parse(execFileSync(process.execPath, [...command, ...changes], { encoding: 'utf8' }));
  if (filled.model.type !== 'ensemble') return filled;
  const { members, rounds } = filled.model;
  const configs = members.map((/** @type {Member} */ { config, set, setTaught }) =>
    filledConfig(config, [...set, ...(rounds > 1 ? setTaught : [])]),
  );
  return { ...filled, text: configs[0].text, members: configs };
}
