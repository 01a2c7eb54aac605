import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { makeFolder } from '../files/make-folder.js';
import { lastLines, runTool } from './run-tool.js';

/** Folders of an installation, relative to it. */
export const addonFolders = {
  addon: 'tfjs-node',
  headers: 'node-api-headers',
  tensorflow: 'tensorflow',
} as const;

const output = join(addonFolders.addon, 'lib', 'napi-v8');
/** The compiled addon, relative to the installation; where tfjs-node itself looks for it, too. */
export const addonFile = join(output, 'tfjs_binding.node');
/** A second, tiny one, which keeps TensorFlow's log lines back; it may be missing. */
export const quietFile = join(output, 'quiet.node');

/** Files of a TensorFlow wheel that the addons are compiled against: two libraries, and the headers of the C API. */
export const wantedOfTensorflow =
  'tensorflow/libtensorflow_(cc|framework)[.]so[.]\\d+$|[^/]+[.]dist-info/(METADATA|LICENSE.*|licenses/.*)$|' +
  'tensorflow/include/(tensorflow/(c|core/platform)|tsl/platform|xla/tsl/c)/';

/** Files of a wheel with CUDA's libraries. */
export const wantedOfCuda = 'nvidia/[^/]+/(?!include/)|[^/]+[.]dist-info/(METADATA|LICENSE.*|licenses/.*)$';

/**
 * TensorFlow obeys TF_CPP_MIN_LOG_LEVEL but for one line, which it logs while the loader initializes its smaller library.
 * This loads that library, with standard error turned away for as long as it takes; whether it could be loaded is seen
 * when the addon needs it.
 */
const quietSource = `#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>
#include "node_api.h"
NAPI_MODULE_INIT() {
  int standard_error = dup(2), nowhere = open("/dev/null", O_WRONLY);
  if (standard_error < 0 || nowhere < 0 || dup2(nowhere, 2) < 0) return exports;
  dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
  dup2(standard_error, 2);
  close(standard_error);
  close(nowhere);
  return exports;
}
`;

export interface CompileOptions {
  readonly compiler: string;
  /** File names of TensorFlow's libraries, the framework's last. */
  readonly libraries: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Compiles tfjs-node's two C++ files against TensorFlow's libraries; 10 s. The addon finds them relative to itself, so the
 * folder can be moved.
 *
 * @param folder of the installation, with sources, headers and libraries in place
 * @throws UserError with the compiler's last lines
 */
export async function compileAddon(folder: string, options: CompileOptions): Promise<void> {
  const { compiler, libraries, signal } = options;
  const { addon, headers, tensorflow } = addonFolders;
  await makeFolder(join(folder, output));
  const compile = (file: string, ...inputs: readonly string[]) =>
    runTool(
      compiler,
      [
        ...['-O2', '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8'],
        ...['-I', join(headers, 'include'), '-I', join(tensorflow, 'include'), '-I', addon],
        ...[...inputs, '-o', file, `-Wl,-rpath,$ORIGIN/../../../${tensorflow}`],
      ],
      { cwd: folder, signal },
    );
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(addon, 'binding', name));
  const linked = libraries.map((library) => join(tensorflow, library));
  const result = await compile(addonFile, ...sources, ...linked);
  if (result?.code !== 0) {
    throw new UserError(
      `${compiler} could not compile the addon:\n  ${result ? lastLines(result, 12) : 'the compiler is not there'}`,
      'It needs C++17: g++ 7 or newer. Another compiler: CXX=clang++ imdb-rnn native install',
    );
  }
  await writeFile(join(folder, addon, 'quiet.cc'), quietSource);
  // Without it everything works, with a line of TensorFlow's in the terminal.
  await compile(quietFile, `-DLIBRARY="${libraries.at(-1)}"`, join(addon, 'quiet.cc'));
}
