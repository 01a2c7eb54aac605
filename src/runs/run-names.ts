import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** As in `fixedFiles`, whose file would load TensorFlow.js. */
const settingsFile = 'config.yaml';

/** The trained model that ships with the program. */
export const packagedRun = 'gru-small';

/** Whether a folder looks like a run: it has settings. */
export function isRunFolder(path: string): boolean {
  return existsSync(join(path, settingsFile));
}

/** Names of the runs of a folder, by the alphabet; what is on its way out (`.removed-...`) is none. Loads no TensorFlow.js. */
export async function runNames(modelsDir: string): Promise<string[]> {
  const names = await readdir(modelsDir).catch(() => []);
  return names.filter((name) => !name.startsWith('.') && isRunFolder(join(modelsDir, name))).sort();
}
