// Runs the native kernels on processors that this machine is not, emulated by QEMU: 64-bit ARM, whose results must be those
// of WebAssembly to the bit, and x64 processors that lack what the addon is compiled for, where it must stand back.

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { compiler } from './compiler.mjs';
import { platforms, thisPlatform } from './platforms.mjs';
import { buildReplay, missingTools, record } from './replay.mjs';

const usage = `usage: npm run test:emulated -- [options]

  --repeat N    times as many calls on ARM as the tests make (default 1)

Needs dist/ (npm run build), the compiler of Zig: ${compiler.howToGet},
and QEMU: apt-get install qemu-user.`;

const root = fileURLToPath(new URL('../..', import.meta.url));
const problems = [];

/** @returns {boolean} whether it is there */
function hasEmulator(program) {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0) return true;
  console.log(`${program}: not checked. QEMU is missing: apt-get install qemu-user.`);
  return false;
}

/** Calls of every kernel on ARM. */
async function checkArm(folder, repeats) {
  if (!hasEmulator('qemu-aarch64')) return;
  const { file, count } = await record(folder, repeats);
  const { sets } = platforms['linux-arm64-musl'];
  const checks = ['-O3', '-fno-sanitize=all', '-static'];
  const replay = buildReplay(join(folder, 'arm64'), { target: 'aarch64-linux-musl', sets }, { checks });
  console.log(`64-bit ARM, ${count} calls:`);
  const { status, signal } = spawnSync('qemu-aarch64', [replay, file], { stdio: 'inherit' });
  if (status !== 0) problems.push(`64-bit ARM: failed (${signal ?? `exit code ${status}`})`);
}

/** By the name that QEMU has for the processor: what must come of the backends there. */
const processors = {
  Nehalem: {
    sets: 'this processor has neither AVX2 nor AVX-512',
    ...{ name: 'wasm', reason: '2 threads, relaxed SIMD', isRight: true },
    compiled: 'There are no native kernels here: this processor has neither AVX2 nor AVX-512.',
    wide: 'There are no native kernels here: this processor has neither AVX2 nor AVX-512.',
  },
  Haswell: {
    sets: ['avx2'],
    ...{ name: 'compiled', reason: '2 threads, AVX2', isRight: true, compiled: '' },
    wide: 'This processor does not have the instructions "avx512".',
  },
};

/** A program of one file, since the folder of the kernels has no packages. */
function bundleProgram(folder, kernels) {
  const program = join(folder, 'use-here.mjs');
  const module = pathToFileURL(join(root, 'test/backends/wasm/use-here.ts'));
  buildSync({
    stdin: {
      contents: `import { useHere } from ${JSON.stringify(fileURLToPath(module))};
        console.log(JSON.stringify(await useHere(${JSON.stringify(kernels)})));`,
      resolveDir: root,
    },
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', outfile: program },
    ...{ external: ['@tensorflow/tfjs-node*'], logLevel: 'error' },
    // TensorFlow.js requires parts of Node.js.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
    },
  });
  return program;
}

/** QEMU warns at length of what the processor has and it cannot do. */
const withoutWarnings = (text) => text.replaceAll(/^qemu-x86_64: warning: .*\n/gm, '');

function checkOldProcessors(folder) {
  const platform = 'linux-x64-glibc';
  if (thisPlatform() !== platform)
    return console.log(`x64: not checked. That takes the Node.js of ${platform}.`);
  if (!hasEmulator('qemu-x86_64')) return;
  const kernels = join(folder, 'kernels');
  mkdirSync(kernels);
  const build = join(root, 'scripts/build-native-kernels.mjs');
  execFileSync(process.execPath, [build, platform, '--output', kernels], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const name of ['simd.wasm', 'relaxed-simd.wasm'])
    copyFileSync(join(root, 'dist/kernels', name), join(kernels, name));
  const program = bundleProgram(folder, kernels);
  for (const [name, expected] of Object.entries(processors)) {
    const { status, signal, stdout, stderr } = spawnSync(
      'qemu-x86_64',
      ['-cpu', name, process.execPath, program],
      {
        encoding: 'utf8',
      },
    );
    const actual =
      status === 0 ? stdout.trim() : `${signal ?? `exit code ${status}`}\n${withoutWarnings(stderr)}`;
    if (actual === JSON.stringify(expected)) console.log(`${name}: ${actual}`);
    else problems.push(`${name}: ${actual}, expected ${JSON.stringify(expected)}`);
  }
}

const { values: options } = parseArgs({
  options: { repeat: { type: 'string', default: '1' }, help: { type: 'boolean', default: false } },
});
if (options.help || !(Number(options.repeat) > 0)) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}
const missing = missingTools();
if (missing !== undefined) {
  console.log(`Nothing was checked. Missing: ${missing}.`);
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'imdb-rnn-emulated-'));
try {
  checkOldProcessors(folder);
  await checkArm(folder, Number(options.repeat));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
