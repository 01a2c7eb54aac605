import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of a file that ships with the package, such as `configs/gru2.yaml`; the same from `src/` and `dist/`.
 *
 * @throws Error when the program lies outside of any package
 */
export function packageFile(...segments: string[]): string {
  const start = dirname(fileURLToPath(import.meta.url));
  let folder = start;
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder)
      throw new Error(`No package.json stands above ${start}: install the package whole`);
    folder = dirname(folder);
  }
  return join(folder, ...segments);
}
