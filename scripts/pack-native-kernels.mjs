// Packs the native kernels for publishing: for each platform a package that holds the addon and nothing else, which npm
// installs where `os`, `cpu` and `libc` fit. imdb-rnn names them as optional dependencies (pack-manifest.mjs).
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelsManifest } from './native-kernels/manifest.mjs';
import { platforms } from './native-kernels/platforms.mjs';

const usage = `usage: node scripts/pack-native-kernels.mjs FOLDER [PLATFORM...]

Builds and packs the native kernels, for every platform unless some are named: FOLDER gets a tarball of each.
${Object.keys(platforms).join(', ')}`;

const largestBytes = 1.5 * 2 ** 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const [folder, ...named] = process.argv.slice(2);
if (folder === undefined || folder === '--help') {
  console.log(usage);
  process.exit(folder === undefined ? 2 : 0);
}
const names = named.length > 0 ? named : Object.keys(platforms);
const work = mkdtempSync(join(tmpdir(), 'imdb-rnn-kernels-'));
try {
  const build = join(root, 'scripts', 'build-native-kernels.mjs');
  execFileSync(process.execPath, [build, ...names, '--output', work], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  mkdirSync(folder, { recursive: true });
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of names) {
    const place = join(work, name);
    mkdirSync(place);
    const manifest = kernelsManifest(name, { version, license });
    copyFileSync(join(work, `${name}.node`), join(place, manifest.main));
    copyFileSync(join(root, 'LICENSE'), join(place, 'LICENSE'));
    writeFileSync(join(place, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
    writeFileSync(join(place, 'README.md'), `# ${manifest.name}\n\n${manifest.description}\n`);
    const { size } = statSync(join(place, manifest.main));
    if (size > largestBytes) throw new Error(`${name}: ${size} bytes, at most ${largestBytes}`);
    const [{ filename }] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--pack-destination', resolve(folder)], {
        cwd: place,
        encoding: 'utf8',
      }),
    );
    console.log(`${join(folder, filename)}  ${(size / 1024).toFixed(0)} kB`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
