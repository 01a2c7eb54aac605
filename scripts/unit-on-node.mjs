// Runs the unit tests on another version of Node, which npm's package `node` brings: node scripts/unit-on-node.mjs 24 [test/...]
//
// All WebAssembly is compiled by V8's optimizing compiler from the start. Short tests would see little else than the quick
// first compilation, and so nothing of operations that V8 joins (src/backends/wasm/vector-bits.ts).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What commands print, beside the commands that lean on Node most (downloads, signals, locks, workers), and what starts no
 * program of ours: no version of Node has made a difference there. Left out unless files are named.
 */
const sameOnEveryNode = [
  'cli/{compare,crossvalidate,ensemble,find-lr,init,inspect,keras-imdb,label-next,label-next-columns}',
  'cli/{own-data,predict-file,predict-own-columns,several-labels,suspects,train-from,train-members,train-seeds}',
  ...['completion/*', 'package/*', 'scripts/**/*', 'tensorflow-installer/*'],
].flatMap((name) => ['--exclude', `test/${name}.test.ts`]);

const [version, ...files] = process.argv.slice(2);
if (!/^\d+(\.\d+)*$/.test(version ?? '')) {
  console.error(
    `The version of Node is "${version ?? ''}". Give a number, such as: node scripts/unit-on-node.mjs 24`,
  );
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'imdb-rnn-node-'));
process.exitCode = 1;
try {
  const quiet = ['--no-audit', '--no-fund', '--no-save', '--loglevel', 'error'];
  execFileSync('npm', ['install', '--prefix', folder, ...quiet, `node@${version}`], { stdio: 'inherit' });
  const node = join(folder, 'node_modules', '.bin', 'node');
  console.log(`unit tests on Node ${execFileSync(node, ['--version'], { encoding: 'utf8' })}`);
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  // Tests that start the program take this Node for it, too.
  const path = `${join(folder, 'node_modules', '.bin')}:${process.env.PATH}`;
  const { status } = spawnSync(
    node,
    [vitest, 'run', '--execArgv=--no-liftoff', ...(files.length > 0 ? files : sameOnEveryNode)],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, PATH: path },
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
