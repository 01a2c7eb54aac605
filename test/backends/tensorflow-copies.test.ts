import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { severalCopies, tensorflowCopies } from '../../src/backends/tensorflow-copies.js';
import { temporaryFolder } from '../runs/tiny-run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = join(root, 'node_modules');

/** A program with a tfjs-core of its own. */
let project: string;
beforeAll(async () => {
  project = await temporaryFolder();
  const core = join('node_modules', '@tensorflow', 'tfjs-core');
  await mkdir(join(project, core, 'dist'), { recursive: true });
  await copyFile(join(root, core, 'dist', 'tf-core.node.js'), join(project, core, 'dist', 'tf-core.node.js'));
  const manifest = { version: '9.8.7', main: 'dist/tf-core.node.js' };
  await writeFile(join(project, core, 'package.json'), JSON.stringify(manifest));
  for (const name of ['long', 'node-fetch', 'seedrandom']) {
    await symlink(join(packages, name), join(project, 'node_modules', name), 'junction');
  }
});
afterAll(() => rm(project, { recursive: true }));

async function printed(lines: string) {
  const path = join(project, 'program.mjs');
  const library = JSON.stringify(join(root, 'dist', 'backend.js'));
  await writeFile(path, `import { gru, useWasmBackend } from ${library};\n${lines}`);
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  return JSON.parse(stdout);
}

describe('copies of TensorFlow.js', () => {
  it('are found among the files that are loaded, and told by name, version and folder', () => {
    const paths = ['/a', '/b'].flatMap((folder) => [
      join(folder, 'node_modules', '@tensorflow', 'tfjs-layers', 'dist', 'tf-layers.node.js'),
      join(folder, 'node_modules', 'other', 'dist', 'tf-core.node.js'),
    ]);
    const copies = tensorflowCopies(paths);
    expect(copies.map(({ name }) => name)).toEqual(['@tensorflow/tfjs-layers', '@tensorflow/tfjs-layers']);
    expect(severalCopies(copies)).toMatch(
      /^2 copies of @tensorflow\/tfjs-layers are loaded: unknown version/,
    );
    expect(severalCopies(copies.slice(1))).toBeUndefined();
    expect(severalCopies([])).toBeUndefined();
  });

  it('are refused where a layer is made for a model, and told of the backend', async () => {
    const program = `
      await import('@tensorflow/tfjs-core');
      const { reason } = await useWasmBackend({ threads: 1 });
      try { gru({ units: 1 }) } catch ({ name, message }) { console.log(JSON.stringify({ name, message, reason })); }`;
    const { name, message, reason } = await printed(program);
    expect(name).toBe('UserError');
    expect(message).toContain('2 copies of @tensorflow/tfjs-core are loaded: ');
    expect(message).toContain(`9.8.7 from ${join(project, 'node_modules', '@tensorflow', 'tfjs-core')}`);
    expect(reason).toContain('2 copies of @tensorflow/tfjs-core');
  });

  it('are no matter where there is one', async () => {
    const program = `
      const { reason } = await useWasmBackend({ threads: 1 });
      console.log(JSON.stringify({ units: gru({ units: 3 }).cell.units, reason }));`;
    const { units, reason } = await printed(program);
    expect(units).toBe(3);
    expect(reason).not.toContain('copies');
  });
});
