// Looks for what the native kernels must not do: their calls, recorded, are computed again by a program that is compiled
// with the sanitizers of LLVM. Other tests compare results; here it is reads and writes outside of an operand, undefined
// behaviour, and threads that touch the same memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compiler } from './compiler.mjs';
import { platforms, thisPlatform } from './platforms.mjs';
import { buildReplay, missingTools, record } from './replay.mjs';

const usage = `usage: npm run test:sanitizers -- [options]

  --only NAME   address, undefined or thread; default: all of them
  --repeat N    times as many calls as the tests make (default 1)

Needs dist/ (npm run build), the compiler of Zig: ${compiler.howToGet},
and, for address, GCC with its libasan (apt-get install gcc; CC names another compiler that links it).`;

const here = fileURLToPath(new URL('.', import.meta.url));
const linker = process.env.CC ?? 'gcc';

/** Zig has no library for the address sanitizer: GCC's has the same functions. */
const linkWithGcc = (objects, output) => {
  const parameters = ['-fsanitize=address', ...objects, '-lpthread', '-o', output];
  if (spawnSync(linker, parameters, { stdio: 'inherit' }).status !== 0)
    throw new Error(`${linker} cannot link`);
};

/** What is missing for the address sanitizer: found out by a program of nothing. */
function missingForAddress(folder) {
  if (process.platform !== 'linux') return 'it is linked on Linux only';
  const [source, output] = [join(folder, 'nothing.c'), join(folder, 'nothing')];
  writeFileSync(source, 'int main(void) { return 0; }\n');
  const { status } = spawnSync(linker, ['-fsanitize=address', source, '-o', output], { stdio: 'ignore' });
  if (status === 0) return undefined;
  return `${linker} cannot link with -fsanitize=address: apt-get install gcc; CC names another compiler`;
}

const common = ['-O1', '-fno-omit-frame-pointer'];
const sanitizers = {
  address: {
    checks: [...common, '-fsanitize=address'],
    link: linkWithGcc,
    missing: missingForAddress,
    environment: { ASAN_OPTIONS: 'detect_leaks=0:detect_stack_use_after_return=1' },
  },
  undefined: { checks: [...common, '-fsanitize=undefined', '-fno-sanitize-recover=all'] },
  thread: {
    // Vectors that the compiler makes of loops could be wider than what the sanitizer sees.
    checks: [...common, '-fsanitize=thread', '-fno-vectorize', '-fno-slp-vectorize'],
    watched: ['-include', join(here, 'watched.h')],
    environment: { TSAN_OPTIONS: 'halt_on_error=1' },
  },
};

/** The sets of this machine, and on x64 the form that ARM has, whose vectors are the narrowest. */
function platformHere() {
  const { target, sets } = platforms[thisPlatform()];
  return { target, sets: 'avx2' in sets ? { ...sets, generic: ['-mcpu=x86_64_v2+fma'] } : sets };
}

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    repeat: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
const names = options.only ?? Object.keys(sanitizers);
const unknown = names.find((name) => !(name in sanitizers));
if (options.help || unknown !== undefined || !(Number(options.repeat) > 0)) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}

const missing = missingTools();
if (missing !== undefined) {
  console.log(`Nothing was checked. Missing: ${missing}.`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'imdb-rnn-sanitizers-'));
try {
  const { file, count, bytes } = await record(folder, Number(options.repeat));
  console.log(`${count} calls, ${(bytes / 1e6).toFixed(0)} MB`);
  for (const name of names) {
    const { missing: whatIsMissing, environment, ...how } = sanitizers[name];
    const problem = whatIsMissing?.(folder);
    if (problem !== undefined) {
      console.log(`${name}: not checked. ${problem}.`);
      continue;
    }
    const replay = buildReplay(join(folder, name), platformHere(), how);
    console.log(`${name}:`);
    const { status, signal } = spawnSync(replay, [file], {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    if (status === 0) continue;
    console.error(`${name}: failed (${signal ?? `exit code ${status}`})`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
