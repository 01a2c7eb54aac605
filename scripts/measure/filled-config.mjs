// What a packaged config is once every default is filled in.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string} name @returns {string} the file of a packaged config */
export const configPath = (name) => join(root, 'configs', `${name}.yaml`);

/**
 * With the configs of its members where it is one of an ensemble: a change of theirs changes what it is.
 *
 * @param {string} name
 * @returns {any}
 */
export function filledConfig(name) {
  const command = [join(root, 'dist', 'main.js'), 'config', 'print', configPath(name), '--quiet', '--json'];
  const filled = JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' }));
  if (filled.model.type !== 'ensemble') return filled;
  const members = filled.model.members.map((/** @type {{ config: string }} */ { config }) =>
    filledConfig(config),
  );
  return { ...filled, text: members[0].text, members };
}
