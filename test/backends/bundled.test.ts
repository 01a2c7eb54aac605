import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Prints what a program in one file gets when it starts the backend. */
const program = `
import { useWasmBackend } from ${JSON.stringify(join(root, 'dist', 'backend.js'))};
const [kernelsFolder] = process.argv.slice(2);
try {
  const { name, threads } = await useWasmBackend({ threads: 1, kernelsFolder });
  console.log(JSON.stringify({ name, threads }));
} catch ({ name, message, hint, cause }) {
  console.log(JSON.stringify({ name, message, hint, code: cause?.code }));
}`;

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, 'program.mjs'), program);
  await mkdir(join(folder, 'elsewhere'));
  await build({
    ...{ entryPoints: [join(folder, 'program.mjs')], outfile: join(folder, 'elsewhere', 'bundle.mjs') },
    ...{ bundle: true, format: 'esm', platform: 'node', mainFields: ['module', 'main'], logLevel: 'silent' },
    ...{ absWorkingDir: root, nodePaths: [join(root, 'node_modules')], external: ['node-fetch'] },
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
  });
});
afterAll(() => rm(folder, { recursive: true }));

async function start(...args: string[]) {
  const bundle = join(folder, 'elsewhere', 'bundle.mjs');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bundle, ...args]);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('in a bundle, which lacks the kernels,', () => {
  it('the backend says what is missing and how to name it, whether a package is above it or not', async () => {
    const bare = await start();
    expect(bare.name).toBe('UserError');
    expect(bare.message).toMatch(/^The kernels of the wasm backend cannot be read: /);
    expect(bare.hint).toContain("useBackend('wasm', { kernelsFolder })");
    await writeFile(join(folder, 'package.json'), '{}');
    const inPackage = await start();
    expect(inPackage).toMatchObject({ name: 'UserError', code: 'ENOENT' });
    expect(inPackage.message).toContain(join(folder, 'dist', 'kernels', 'relaxed-simd.wasm'));
  });

  it('the backend starts with the folder of the kernels', async () => {
    expect(await start(join(root, 'dist', 'kernels'))).toEqual({ name: 'wasm', threads: 1 });
    expect(await start(folder)).toMatchObject({
      name: 'UserError',
      hint: "kernelsFolder names a copy of imdb-rnn's folder dist/kernels.",
    });
  });
});
