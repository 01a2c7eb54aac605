// Compiles the kernels in C, src/backends/wasm/native, to an addon of Node.js for each platform, all of them on this
// machine. Nobody who installs the package needs this: the addons are published, each as a package of its own.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compiler } from './native-kernels/compiler.mjs';
import { readOperandTable } from './native-kernels/operand-table.mjs';
import { platforms, thisPlatform } from './native-kernels/platforms.mjs';

const usage = `usage: node scripts/build-native-kernels.mjs [PLATFORM...] [options]

  PLATFORM        ${Object.keys(platforms).join(', ')}; default: this machine's
  --all           every platform
  --output DIR    where the addons go (default dist/kernels)
  --if-there      without the compiler, says so and does nothing
  --sanitize WHAT address, undefined or thread: for tests

Needs the compiler of Zig, which Python's registry has: ${compiler.howToGet}`;

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/backends/wasm/native');
const headers = dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json'));

/** Sums are made as they are written, see base.h; the memory holds floats, vectors of them and structs side by side. */
const language = [
  '-std=c11',
  '-O3',
  '-fPIC',
  '-ffp-contract=off',
  '-fno-strict-aliasing',
  '-fvisibility=hidden',
];
/** They count as errors. */
const warnings = ['-Wall', '-Wextra', '-Werror', '-Wno-psabi', '-Wno-unused-function'];

/** As src/backends/wasm/native-contract.ts has it. */
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const table = JSON.stringify(await readOperandTable());
const contract = `${version} ${createHash('sha256').update(table).digest('hex').slice(0, 16)}`;

/**
 * @param {string} name of the platform
 * @param {{ output: string, sanitize?: string }} options
 */
function build(name, { output, sanitize }) {
  const { target, sets, link } = platforms[name];
  const work = join(output, `.${name}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const common = ['-target', target, ...language, ...warnings, '-I', join(headers, 'include')];
  const checks = sanitize
    ? ['-g', '-fno-omit-frame-pointer', `-fsanitize=${sanitize}`]
    : ['-fno-sanitize=all'];
  const objects = Object.entries(sets).map(([set, flags]) => {
    const object = join(work, `${set}.o`);
    const what = [`-DKERNEL_SET=${set}`, ...flags, '-c', join(sources, 'kernels.c'), '-o', object];
    compiler.run([...common, ...checks, ...what]);
    return object;
  });
  const addon = join(work, 'addon.node');
  const own = [
    ...['-shared', `-DCONTRACT="${contract}"`],
    join(sources, 'addon.c'),
    ...objects,
    ...link({ headers, work, compiler }),
    '-o',
    addon,
  ];
  compiler.run([...common, ...checks, ...own, ...(sanitize ? [] : ['-s'])]);
  renameSync(addon, join(output, `${name}.node`));
  rmSync(work, { recursive: true, force: true });
  return join(output, `${name}.node`);
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    'if-there': { type: 'boolean', default: false },
    output: { type: 'string', default: join(root, 'dist', 'kernels') },
    sanitize: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(usage);
else if (options['if-there'] && !compiler.isThere()) {
  console.log(`no native kernels are built: the compiler is not there. To get it: ${compiler.howToGet}`);
} else {
  const names = options.all
    ? Object.keys(platforms)
    : positionals.length > 0
      ? positionals
      : [thisPlatform()];
  const unknown = names.find((name) => !(name in platforms));
  if (unknown) {
    console.error(`There is no platform "${unknown}". Known are: ${Object.keys(platforms).join(', ')}.`);
    process.exit(2);
  }
  for (const name of names) console.log(build(name, options));
}
