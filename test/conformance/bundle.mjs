import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const built = fileURLToPath(new URL('../../dist/', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/imdb-rnn/', import.meta.url));

/** Jasmine and tfjs-core's Node platform are CommonJS; a name of its own keeps it out of the way of the bundled code. */
const bannerWithRequire =
  "import { createRequire as makeRequire } from 'node:module'; globalThis.require = makeRequire(import.meta.url);";

/** Files of the build find their .wasm files and workers beside themselves, also when they stand in a bundle. */
const ownAddress = {
  name: 'own-address',
  setup(plugins) {
    plugins.onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(built)) return undefined;
      const text = await readFile(path, 'utf8');
      return {
        contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
        loader: 'js',
      };
    });
  },
};

/**
 * Bundles TF.js' tests with one backend, so that both share one copy of tfjs-core.
 * TF.js publishes its tests as modules without file extensions, which Node alone does not load.
 * Returns the address of the bundle.
 */
export async function bundleSuite(backend) {
  const outfile = join(cache, `conformance-${backend}.mjs`);
  await build({
    entryPoints: [join(here, 'suite.mjs')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    alias: { 'backend-under-test': join(here, `${backend}.mjs`) },
    // tfjs-core says that its tests have no side effects, and esbuild would leave them out.
    ignoreAnnotations: true,
    banner: { js: bannerWithRequire },
    plugins: [ownAddress],
    logLevel: 'error',
    logOverride: { 'direct-eval': 'silent' },
  });
  return pathToFileURL(outfile).href;
}
