import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findBackend, registerBackend } from '@tensorflow/tfjs-core';
import { UserError } from '../../errors/user-error.js';
import { addonFile, addonFolders, quietFile } from '../../tensorflow-installer/compile-addon.js';
import type { NativeSource } from './find-native.js';
import { type NativeBackend, type NativeBinding, nativeBackendName } from './native-backend.js';
import { registerFused } from './register-fused.js';
import { requireTfjsNode } from './require-tfjs-node.js';

interface BackendModule {
  readonly NodeJSKernelBackend: new (binding: NativeBinding, packageName: string) => NativeBackend;
}

/**
 * Loads TensorFlow's libraries into the process and registers tfjs-node's backend and kernels with TF.js.
 *
 * @param options `verbose`: TensorFlow may write log lines to standard error
 * @throws UserError when it cannot be loaded, with the library that is missing
 */
export function loadNative(source: NativeSource, { verbose }: { verbose: boolean }): NativeBackend {
  try {
    if (source.kind === 'package') requireTfjsNode(source.main, { ownTfjs: false });
    else loadFolder(source.folder, { verbose });
  } catch (error) {
    throw explainLoading(error, source);
  }
  const backend = findBackend(nativeBackendName) as NativeBackend | null;
  if (!backend) throw new Error(`${nameOf(source)} has registered no backend "${nativeBackendName}"`);
  registerFused();
  return backend;
}

/** As tfjs-node's index.js, without what it adds beside the backend: callbacks, saved models, TensorBoard. */
function loadFolder(folder: string, { verbose }: { verbose: boolean }): void {
  const file = (...path: string[]) => join(folder, addonFolders.addon, ...path);
  const quiet = join(folder, quietFile);
  if (!verbose && existsSync(quiet)) createRequire(import.meta.url)(quiet);
  const binding = createRequire(import.meta.url)(join(folder, addonFile)) as NativeBinding;
  const load = (name: string) => requireTfjsNode(file('dist', `${name}.js`), { ownTfjs: true });
  const { NodeJSKernelBackend } = load('nodejs_kernel_backend') as BackendModule;
  load('register_all_kernels');
  const { name } = createRequire(import.meta.url)(file('package.json')) as { name: string };
  registerBackend(nativeBackendName, () => new NodeJSKernelBackend(binding, name));
}

/** Turns the dynamic loader's complaint into the library that is missing and what would bring it. */
function explainLoading(error: unknown, source: NativeSource): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /^(\S+\.so[.\d]*): cannot open shared object file/.exec(message)?.[1];
  const cuda = source.kind === 'folder' && source.installation?.variant === 'cuda';
  const reinstall = `imdb-rnn native install --${cuda ? 'cuda' : 'cpu'}`;
  if (missing) {
    return new UserError(
      `${nameOf(source)} does not load: the library ${missing} is missing`,
      `Install a current one: ${reinstall}`,
      {
        cause: error,
      },
    );
  }
  if (/GLIBC|cannot open|undefined symbol|invalid ELF|can not be found|NODE_MODULE_VERSION/.test(message)) {
    return new UserError(`${nameOf(source)} does not load: ${message}`, `Install it anew: ${reinstall}`, {
      cause: error,
    });
  }
  return error;
}

const nameOf = (source: NativeSource) =>
  source.kind === 'package' ? source.name : `TensorFlow in ${source.folder}`;
