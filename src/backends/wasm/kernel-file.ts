import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors/user-error.js';
import { packageFile } from '../../files/package-root.js';
import type { Simd } from './simd.js';

/**
 * Reads a build of the kernels.
 *
 * @param folder where the builds are; default: `dist/kernels` of the package
 * @throws UserError with the system's error as its cause when the file cannot be read
 */
export function readKernelFile(simd: Simd, folder?: string): Uint8Array<ArrayBuffer> {
  const name = `${simd}.wasm`;
  try {
    return new Uint8Array(
      readFileSync(folder === undefined ? packageFile('dist', 'kernels', name) : join(folder, name)),
    );
  } catch (error) {
    const hint =
      folder === undefined
        ? "A bundler leaves it out. Copy imdb-rnn's folder dist/kernels beside your bundle and name it, useBackend('wasm', { kernelsFolder }), or keep imdb-rnn outside of the bundle. Else install the package again."
        : "kernelsFolder names a copy of imdb-rnn's folder dist/kernels.";
    throw new UserError(`The kernels of the wasm backend cannot be read: ${(error as Error).message}`, hint, {
      cause: error,
    });
  }
}
