// Records calls of the kernels, and builds the program that computes them again, replay.c.
import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { compiler } from './compiler.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const kernels = join(root, 'src/backends/wasm/native');
const program = join(root, 'scripts/native-kernels');

/** @returns {string | undefined} what is missing for both, and how to get it */
export function missingTools() {
  if (!compiler.isThere()) return `the compiler of Zig: ${compiler.howToGet}`;
  if (!existsSync(join(root, 'dist/kernels/relaxed-simd.wasm'))) return 'dist/: npm run build';
  return undefined;
}

/**
 * Writes calls and what the WebAssembly kernels make of them to `calls.bin` of a folder.
 *
 * @param {string} folder
 * @param {number} repeats times as many as the tests make
 * @returns {Promise<{ file: string, count: number, bytes: number }>}
 */
export async function record(folder, repeats) {
  const recorder = join(folder, 'record-calls.mjs');
  buildSync({
    entryPoints: [join(root, 'test/backends/wasm/same-bits/record-calls.ts')],
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', outfile: recorder },
  });
  const { recordCalls } = await import(pathToFileURL(recorder).href);
  const file = join(folder, 'calls.bin');
  const descriptor = openSync(file, 'w');
  let count = 0;
  let bytes = 0;
  for await (const call of recordCalls(repeats, join(root, 'dist/kernels'))) {
    writeSync(descriptor, call);
    count++;
    bytes += call.length;
  }
  closeSync(descriptor);
  return { file, count, bytes };
}

/**
 * @param {string} folder for what is made
 * @param {{ target: string, sets: Record<string, string[]> }} platform
 * @param {{ checks?: string[], watched?: string[], link?: (objects: string[], output: string) => void }} [how] further
 *   options of the compiler, and for the kernels alone; what links, where it is not the same compiler
 * @returns {string} the program
 */
export function buildReplay(folder, { target, sets }, { checks = [], watched = [], link } = {}) {
  mkdirSync(folder, { recursive: true });
  const language = ['-target', target, '-std=c11', '-g', '-ffp-contract=off', '-I', kernels];
  const warnings = ['-Wall', '-Wextra', '-Werror', '-Wno-psabi', '-Wno-unused-function'];
  const common = [...language, ...warnings, ...checks];
  const compile = (source, name, flags = []) => {
    const object = join(folder, `${name}.o`);
    compiler.run([...common, ...flags, '-c', source, '-o', object]);
    return object;
  };
  const objects = Object.entries(sets).map(([set, flags]) =>
    compile(join(kernels, 'kernels.c'), set, [`-DKERNEL_SET=${set}`, ...flags, ...watched]),
  );
  // It looks at the processor first, and so is compiled for any.
  objects.push(compile(join(program, 'replay.c'), 'replay', ['-D_GNU_SOURCE']));
  const output = join(folder, 'replay');
  if (link) link(objects, output);
  else compiler.run(['-target', target, ...checks, ...objects, '-lpthread', '-o', output]);
  return output;
}
