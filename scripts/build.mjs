// Builds dist/: the WebAssembly kernels (plain SIMD and relaxed SIMD) and the TypeScript sources.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const run = (program, parameters) =>
  execFileSync(process.execPath, [program, ...parameters], { cwd: root, stdio: 'inherit' });

mkdirSync(`${root}dist/kernels`, { recursive: true });
for (const [name, features] of [
  ['simd', []],
  ['relaxed-simd', ['--enable', 'relaxed-simd']],
]) {
  run(require.resolve('assemblyscript/bin/asc.js'), [
    'src/backends/wasm/kernels/index.ts',
    ...['--outFile', `dist/kernels/${name}.wasm`],
    // -O3 inlines into the workers' waiting loop and makes them spin for ever.
    ...['-O1', '--noAssert', '--runtime', 'stub'],
    ...['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory', ...features],
    // 65,536 pages of 64 KiB: the 4 GiB that 32-bit addresses reach.
    ...['--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'],
  ]);
}
run(join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'), ['-p', 'tsconfig.build.json']);
chmodSync(`${root}dist/main.js`, 0o755);
