import Module, { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import util from 'node:util';
import * as tfjs from '@tensorflow/tfjs-core';

type Load = (request: string, parent: { filename?: string } | undefined, isMain: boolean) => unknown;

/** Functions that tfjs-node 4.22 calls and that Node.js 23 has removed. */
const formerUtil = {
  ...util,
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
};

/** tfjs-node's classes are functions, which cannot extend a class that is one. */
function CallableKernelBackend(): void {}
CallableKernelBackend.prototype = tfjs.KernelBackend.prototype;
const ownCopy = { ...tfjs, KernelBackend: CallableKernelBackend };

/**
 * Loads a CommonJS module of tfjs-node. Its files get `util` as it was before Node.js 23; nobody else does.
 *
 * @param file the module's path
 * @param options `ownTfjs`: its files get our TF.js for `@tensorflow/tfjs`, and nothing for the protocol buffers of
 *   saved models, so that neither need be installed beside it
 */
export function requireTfjsNode(file: string, { ownTfjs }: { ownTfjs: boolean }): unknown {
  const folder = packageFolder(file) + sep;
  const replaced: Record<string, unknown> = {
    util: formerUtil,
    ...(ownTfjs
      ? { '@tensorflow/tfjs': ownCopy, '@tensorflow/tfjs-core': ownCopy, './proto/api_pb': {} }
      : {}),
  };
  const loader = Module as unknown as { _load: Load };
  const load = loader._load;
  loader._load = function (request, parent, isMain) {
    return request in replaced && parent?.filename?.startsWith(folder)
      ? replaced[request]
      : load.call(this, request, parent, isMain);
  };
  try {
    return createRequire(file)(file);
  } finally {
    loader._load = load;
  }
}

/** The folder of the package that a file of its `dist` or `lib` belongs to. */
function packageFolder(file: string): string {
  let folder = dirname(file);
  const require = createRequire(file);
  for (;;) {
    try {
      require.resolve(join(folder, 'package.json'));
      return folder;
    } catch {
      if (dirname(folder) === folder) return dirname(file);
      folder = dirname(folder);
    }
  }
}
