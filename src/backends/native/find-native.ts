import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UserError } from '../../errors/user-error.js';
import { findInstallations, type Installation } from '../../tensorflow-installer/installation.js';
import { nativeFolder } from '../../tensorflow-installer/native-folder.js';

/** What the backend can be loaded from. */
export type NativeSource =
  /** `folder` of what `imdb-rnn native install` has made, with `tfjs-node/` and `tensorflow/` in it. */
  | { readonly kind: 'folder'; readonly folder: string; readonly installation?: Installation }
  /** The official package, with its own libtensorflow; `main` is its module. */
  | { readonly kind: 'package'; readonly name: string; readonly main: string };

const packages = {
  cpu: ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'],
  gpu: ['@tensorflow/tfjs-node-gpu'],
} as const;

/**
 * Finds TensorFlow: what `imdb-rnn native install` has made, or else an official tfjs-node(-gpu) beside the program or in
 * the folder where it was started.
 *
 * @param device what is to compute; for `cpu` the GPU's build does, too
 * @param options `folder` of installations; default: the one of `nativeFolder()`
 */
export async function findNative(
  device: 'cpu' | 'gpu',
  { folder = nativeFolder() }: { folder?: string } = {},
): Promise<NativeSource | undefined> {
  const installations = await findInstallations(folder);
  const variants = device === 'gpu' ? ['cuda'] : ['cpu', 'cuda'];
  for (const variant of variants) {
    const installation = installations.find((each) => each.variant === variant);
    if (installation) return { kind: 'folder', folder: installation.folder, installation };
  }
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    for (const name of packages[device]) {
      const main = resolveFrom(from, name);
      if (main) return { kind: 'package', name, main };
    }
  }
  return undefined;
}

/** What to tell a user who asks for a backend that is not there. */
export function noNative(device: 'cpu' | 'gpu'): UserError {
  const flag = device === 'gpu' ? '--cuda' : '--cpu';
  return new UserError(
    `TensorFlow${device === 'gpu' ? ' for CUDA' : ''} is not installed: nothing in ${nativeFolder()}, and no ${packages[device].join(' or ')}`,
    `Install it: imdb-rnn native install ${flag}. If it is elsewhere, set IMDB_RNN_NATIVE_DIR to its folder.`,
  );
}

function resolveFrom(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
