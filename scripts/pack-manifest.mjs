// npm lists `prepare`, which builds a checkout, among a package's install scripts and warns of it, though it never runs it
// for a packed package. So the packed package.json goes without: `prepack` takes it out, `postpack` puts the file back.
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const manifest = fileURLToPath(new URL('../package.json', import.meta.url));
const cache = fileURLToPath(new URL('../node_modules/.cache/imdb-rnn/', import.meta.url));
const kept = `${cache}package.json`;

if (process.argv[2] === 'restore') renameSync(kept, manifest);
else {
  mkdirSync(cache, { recursive: true });
  copyFileSync(manifest, kept);
  const content = JSON.parse(readFileSync(manifest, 'utf8'));
  delete content.scripts.prepare;
  writeFileSync(manifest, `${JSON.stringify(content, undefined, 2)}\n`);
}
