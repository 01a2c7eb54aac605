import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { addonFile } from './compile-addon.js';
import { runTool } from './run-tool.js';

/**
 * CUDA's libraries that TensorFlow opens by name while it runs, and that `ldd` therefore does not see
 * (xla/tsl/cuda/*_stub.cc); without one of them it uses no GPU.
 */
const openedByName = [
  'libcudart.so.12',
  'libcublas.so.12',
  'libcublasLt.so.12',
  'libcudnn.so.9',
  'libcufft.so.11',
  'libcusolver.so.11',
  'libcusparse.so.12',
] as const;

/** Names of libraries that an installation needs and the dynamic loader does not find; empty where `ldd` is missing. */
export async function missingLibraries(folder: string): Promise<string[]> {
  const answer = await runTool('ldd', [join(folder, addonFile)]);
  return [...(answer?.stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
}

/** CUDA's libraries that are neither in the installation nor in the system's cache of libraries. */
export async function missingCudaLibraries(folder: string): Promise<string[]> {
  const own = (await readdir(join(folder, 'nvidia'), { recursive: true }).catch(() => [])).map((path) =>
    path.replace(/^.*\//, ''),
  );
  const system = (await runTool('ldconfig', ['-p']))?.stdout ?? '';
  return openedByName.filter((name) => !own.includes(name) && !system.includes(`\t${name} `));
}
