// Builds dist/: the WebAssembly kernels (plain SIMD and relaxed SIMD), the library, and the program. Everything is made in
// a folder beside it, which takes the place of dist/ at the end: a build that fails leaves the former one.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const fresh = `${dist}.new`;
const former = `${dist}.old`;
const require = createRequire(import.meta.url);
const run = (program, parameters) =>
  execFileSync(process.execPath, [program, ...parameters], { cwd: root, stdio: 'inherit' });

function buildKernels() {
  mkdirSync(join(fresh, 'kernels'), { recursive: true });
  for (const [name, features] of [
    ['simd', []],
    ['relaxed-simd', ['--enable', 'relaxed-simd']],
  ]) {
    run(require.resolve('assemblyscript/bin/asc.js'), [
      'src/backends/wasm/kernels/index.ts',
      ...['--outFile', join(fresh, 'kernels', `${name}.wasm`)],
      ...['-O3', '--noAssert', '--runtime', 'stub'],
      ...['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory', ...features],
      // 65,536 pages of 64 KiB: the 4 GiB that 32-bit addresses reach.
      ...['--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'],
    ]);
  }
}

/** Graphs of TensorFlow for the backend that is installed apart; they are data. */
function copyGraphs() {
  mkdirSync(join(fresh, 'graphs'), { recursive: true });
  copyFileSync(join(root, 'src/backends/native/graphs/saved_model.pb'), join(fresh, 'graphs/saved_model.pb'));
}

function buildLibrary() {
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  run(compiler, ['-p', 'tsconfig.build.json', '--outDir', fresh]);
}

/**
 * Bundles the program, with the parts of TensorFlow.js that it uses: Node needs 0.15 s to find its way through the
 * CommonJS files of the packages, a third of a `predict`. The library stays as it is, to share its user's TensorFlow.js.
 */
async function bundleProgram() {
  const { dependencies } = require('../package.json');
  await build({
    entryPoints: [join(fresh, 'main.js')],
    outdir: fresh,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    chunkNames: 'program/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    // seedrandom goes along with TensorFlow.js, which imports it in a way that only bundlers understand.
    external: [
      ...Object.keys(dependencies).filter((name) => !/^@tensorflow\/|^seedrandom$/.test(name)),
      'node-fetch',
    ],
    // TensorFlow.js asks for Node's own modules with require.
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  chmodSync(join(fresh, 'main.js'), 0o755);
}

rmSync(fresh, { recursive: true, force: true });
buildKernels();
copyGraphs();
buildLibrary();
await bundleProgram();
rmSync(former, { recursive: true, force: true });
try {
  renameSync(dist, former);
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
}
renameSync(fresh, dist);
rmSync(former, { recursive: true, force: true });
