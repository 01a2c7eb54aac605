// The benchmarks measure what was built, as a user gets it: dist/.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
/** The program. */
export const mainFile = join(packageFolder, 'dist', 'main.js');

/**
 * @returns {string | undefined} a warning when a source is newer than what was built of it
 * @throws {Error} when there is no dist/
 */
export function checkBuilt() {
  const kernels = join(packageFolder, 'dist', 'kernels', 'relaxed-simd.wasm');
  for (const file of [mainFile, kernels]) {
    if (!existsSync(file)) throw new Error(`${file} is not there. Build it first: npm run build`);
  }
  const sources = join(packageFolder, 'src');
  if (!existsSync(sources)) return undefined;
  const kernelFolder = join('backends', 'wasm', 'kernels');
  const newer = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .find((file) => isNewer(join(sources, file), file.startsWith(kernelFolder) ? kernels : mainFile));
  if (newer === undefined) return undefined;
  return `src/${newer} is newer than dist/, and dist/ is what is measured. Build it again: npm run build`;
}

/**
 * @param {string} file
 * @param {string} other
 */
function isNewer(file, other) {
  return statSync(file).mtimeMs > statSync(other).mtimeMs;
}
