import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { readCached } from '../../src/files/bounded-cache.js';
import { bytesOf, listCache } from '../../src/files/list-cache.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';

const program = `
const { readCached, writeCached } = await import(process.argv[1]);
const [folder, own] = process.argv.slice(2);
const about = { split: 'train', examples: 1, holds: 'counted', settings: {} };
for (let round = 0; round < 40; round++) {
  const name = own + '-' + (round % 10);
  const path = folder + '/' + name + '.bin';
  await writeCached(path, name, [new Uint8Array(800).fill(round)], { cacheSize: 10_000, about });
  const found = await readCached(path, name);
  // The other process may have cleared it away, and never may it be torn.
  if (found && (found.length !== 1 || found[0][799] !== round)) process.exit(3);
}`;

it('lets two processes write into one cache at once: within the limit, whole files only, no marks left', async () => {
  const folder = await temporaryFolder();
  const bundle = join(folder, 'bounded-cache.mjs');
  const entry = fileURLToPath(new URL('../../src/files/bounded-cache.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile: bundle, bundle: true, format: 'esm', platform: 'node' });
  const cache = join(folder, 'cache');
  const codes = await Promise.all(
    ['one', 'two'].map(async (name) => {
      const parameters = ['--input-type=module', '-e', program, bundle, cache, name];
      const [code] = await once(spawn(process.execPath, parameters, { stdio: 'inherit' }), 'exit');
      return code;
    }),
  );
  expect(codes).toEqual([0, 0]);
  const files = await listCache(cache);
  expect(bytesOf(files)).toBeLessThanOrEqual(10_000);
  expect(files.length).toBeGreaterThan(4);
  for (const { kind, inUse, name, path } of files) {
    expect([kind, inUse]).toEqual(['current', false]);
    expect(await readCached(path, name.replace('.bin', ''))).toHaveLength(1);
  }
});
