// npm lists `prepare`, which builds a checkout, among a package's install scripts and warns of it, though it never runs it
// for a packed package. So the packed package.json goes without: `prepack` takes it out, `postpack` puts the file back. The
// native kernels are dependencies of the packed package alone: a checkout builds them itself, if at all.
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packedManifest } from './native-kernels/manifest.mjs';

const manifest = fileURLToPath(new URL('../package.json', import.meta.url));
const cache = fileURLToPath(new URL('../node_modules/.cache/imdb-rnn/', import.meta.url));
const kept = `${cache}package.json`;

if (process.argv[2] === 'restore') renameSync(kept, manifest);
else {
  mkdirSync(cache, { recursive: true });
  copyFileSync(manifest, kept);
  const content = packedManifest(JSON.parse(readFileSync(manifest, 'utf8')));
  writeFileSync(manifest, `${JSON.stringify(content, undefined, 2)}\n`);
}
