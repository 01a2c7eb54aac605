import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const here = join(root, 'test', 'package');

/** A project of a user: the packed package among its node_modules, and nothing else but what that depends on. */
let project: string;
let installed: string;
let manifest: { version: string; [key: string]: unknown };
let files: string[];

beforeAll(async () => {
  project = await temporaryFolder();
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', project];
  const { stdout } = await run('npm', args, { cwd: root, shell: process.platform === 'win32' });
  const [{ filename }] = JSON.parse(stdout);
  installed = join(project, 'node_modules', 'imdb-rnn');
  await mkdir(installed, { recursive: true });
  await extract({ file: join(project, filename), cwd: installed, strip: 1 });
  manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  const entries = await readdir(installed, { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(installed.length + 1)
        .replaceAll('\\', '/'),
    );
  for (const name of Object.keys(manifest.dependencies as object)) {
    const link = join(project, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', name), link, 'junction');
  }
});
afterAll(() => rm(project, { recursive: true }));

/** What the modules import from outside the package; throws where one imports a file that is not in it. */
async function outsideImports(modules: readonly string[]): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: modules.map((file) => join(installed, file)),
    ...{ bundle: true, write: false, metafile: true, outdir: project, logLevel: 'silent' },
    ...{ format: 'esm', platform: 'node', packages: 'external' },
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return [...new Set(imports.filter(({ external }) => external).map((each) => each.path))];
}

/** The same for declarations, which only name the packages that they import types from. */
async function outsideTypes(declarations: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(declarations.map((file) => readFile(join(installed, file), 'utf8')));
  const found = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|export) .*from ['"]([^'".][^'"]*)['"]|\bimport\(['"]([^'".][^'"]*)['"]\)/gm),
  ]);
  return found.map(([, from, call]) => from ?? call);
}

describe('the packed package', () => {
  it('holds the program, both builds of the kernels, the configs and the sample', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        ...[
          'package.json',
          'dist/main.js',
          'dist/index.js',
          'dist/index.d.ts',
          'dist/backend.js',
          'dist/backend.d.ts',
        ],
        ...[
          'dist/kernels/simd.wasm',
          'dist/kernels/relaxed-simd.wasm',
          'configs/gru2.yaml',
          'configs/gru2-classic.yaml',
        ],
        ...['data/sample/train.jsonl', 'data/sample/test.jsonl', 'data/README.md'],
      ]),
    );
  });

  it('holds no sources, tests, caches, downloads or runs of its makers', () => {
    const allowed =
      /^(dist|configs|docs|data\/sample|models\/gru-small)\/|^(data|models)\/README\.md$|^models\/gru2-training\.svg$|^[A-Z]+(\.md)?$|^package\.json$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(
      files.filter((file) => /(^|\/)(src|test|node_modules)\/|\.tsbuildinfo$|\.test\.js$/.test(file)),
    ).toEqual([]);
    expect(files.filter((file) => /(?<!\.d)\.ts$/.test(file))).toEqual([]);
    // Native kernels that were built here are of this platform alone: they come as packages of their own.
    expect(files.filter((file) => file.endsWith('.node'))).toEqual([]);
  });

  it('runs nothing when it is installed', () => {
    const scripts = Object.keys(manifest.scripts as object);
    // npm runs prepare in a checkout, and for a dependency from git, never for a package from a registry or a file.
    expect(scripts.filter((name) => /^(pre|post)?(install|prepare|publish)$/.test(name))).toEqual([
      'prepare',
    ]);
    // npm runs node-gyp where this file is, whatever the scripts say.
    expect(files).not.toContain('binding.gyp');
    expect(manifest.gypfile).toBeUndefined();
  });

  it('imports nothing but Node, itself and its dependencies', async () => {
    const modules = files.filter((file) => /^dist\/.*\.js$/.test(file));
    const declarations = files.filter((file) => /^dist\/.*\.d\.ts$/.test(file));
    const dependencies = Object.keys(manifest.dependencies as object);
    const isKnown = (specifier: string) =>
      isBuiltin(specifier) ||
      dependencies.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    const outside = [...(await outsideImports(modules)), ...(await outsideTypes(declarations))];
    expect(outside.filter((specifier) => !isKnown(specifier))).toEqual([]);
    // Each dependency is there for a reason: its code, or a file of it, such as a font.
    const texts = await Promise.all(modules.map((file) => readFile(join(installed, file), 'utf8')));
    const isUsed = (name: string) =>
      outside.some((each) => `${each}/`.startsWith(`${name}/`)) ||
      texts.some((text) => text.includes(`resolve(\`${name}/`));
    expect(dependencies.filter((name) => !isUsed(name))).toEqual([]);
  });

  it('needs no native module, compiler or download to be installed', async () => {
    const seen = new Set<string>();
    const visit = async (name: string, from: string): Promise<void> => {
      const path = createRequire(join(from, 'x.js'))
        .resolve.paths(name)!
        .find((each) => existsSync(join(each, name)))!;
      const folder = join(path, name);
      if (seen.has(folder)) return;
      seen.add(folder);
      const its = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      expect([name, existsSync(join(folder, 'binding.gyp'))]).toEqual([name, false]);
      const installers = ['preinstall', 'install', 'postinstall'].filter((script) => its.scripts?.[script]);
      if (installers.length > 0) expect([name, installers]).toEqual([name, []]);
      for (const dependency of Object.keys(its.dependencies ?? {})) await visit(dependency, folder);
    };
    for (const name of Object.keys(manifest.dependencies as object)) await visit(name, root);
    expect(seen.size).toBeGreaterThan(10);
  });

  it('has a program that runs as it is unpacked', async () => {
    const main = join(installed, (manifest.bin as Record<string, string>)['imdb-rnn']);
    const version = await run(process.execPath, [main, '--version'], { cwd: project });
    expect(version.stdout.trim()).toBe(manifest.version);
    const { stdout } = await run(process.execPath, [main, 'config', 'list', '--json'], { cwd: project });
    expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['gru2', 'gru2-classic']),
    );
    expect((await readFile(main, 'utf8')).startsWith('#!/usr/bin/env node\n')).toBe(true);
  });

  it("trains another program's model: the example of imdb-rnn/backend reaches more than 95 %", async () => {
    await copyFile(join(here, 'backend-example.mjs'), join(project, 'example.mjs'));
    const { stdout, stderr } = await run(process.execPath, ['example.mjs'], { cwd: project });
    expect(stderr).toBe('');
    const [backend, result] = stdout.trim().split('\n');
    expect(backend).toMatch(/^backend wasm: 2 threads, /);
    expect(JSON.parse(result)).toEqual({ threads: 2, accuracy: expect.any(Number) });
    expect(JSON.parse(result).accuracy).toBeGreaterThan(0.95);
  });

  /** What a strict TypeScript says of a program of this folder that the package's user writes. */
  async function compiled(program: string, options: object): Promise<string> {
    const folder = join(project, program.replace('.ts', ''));
    await mkdir(folder, { recursive: true });
    await copyFile(join(here, program), join(folder, 'program.mts'));
    const compilerOptions = {
      ...{ strict: true, module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'], noEmit: true },
      ...{ types: [], ...options },
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const result = await run(process.execPath, [compiler, '-p', folder]).catch((error) => error);
    return result.stdout;
  }

  it('has types that a strict TypeScript program compiles with', async () => {
    expect(await compiled('backend-types.ts', { skipLibCheck: true })).toBe('');
    expect(await compiled('library-types.ts', { skipLibCheck: true })).toBe('');
  });

  it('has types for predicting that need no other package, nor a browser', async () => {
    expect(await compiled('predict-types.ts', { skipLibCheck: false, lib: ['es2023'] })).toBe('');
  });

  it('has no error in its own declarations, beside those that TensorFlow.js has in its own', async () => {
    const errors = (await compiled('library-types.ts', { skipLibCheck: false })).split('\n');
    const others = /(@tensorflow|@webgpu)[\\/].*: error|lib\.dom\.d\.ts.*: error|^ /;
    expect(errors.filter((line) => line.trim() !== '' && !others.test(line))).toEqual([]);
  });
});
