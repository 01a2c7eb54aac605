import { readdir, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { packageFile } from '../files/package-root.js';

/** A config that ships with the program. */
export interface PackagedConfig {
  /** What `--config` takes, such as `gru2`. */
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
  /** Its first comment, without its name: what it reaches and how long it takes. */
  readonly summary: string;
}

/** All packaged configs by name. */
export async function packagedConfigs(): Promise<PackagedConfig[]> {
  const files = (await readdir(packageFile('configs'))).filter(isYaml);
  const configs = await Promise.all(
    files.map(async (file) => {
      const path = packageFile('configs', file);
      const name = configName(file);
      return { name, path, summary: firstComment(await readFile(path, 'utf8')).replace(`${name}: `, '') };
    }),
  );
  return configs.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** What a config's file is called without folder and ending: `configs/gru2.yaml` is `gru2`. */
export function configName(path: string): string {
  return basename(path, isYaml(path) ? extname(path) : '');
}

/** Whether a file's ending is YAML's. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

function firstComment(text: string): string {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.replace(/^#\s*/, ''))
    .join(' ')
    .trim();
}
